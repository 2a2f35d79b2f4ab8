import {
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { KnownExecution } from "./known-executions.ts";

/** How long each step may take, in milliseconds, by its name. */
export type ExpectedDurations = ReadonlyMap<string, number>;

/** How many executions are looked at: enough for a middle one, few enough for the service. */
const most = 3;

/** Milliseconds that a step ran; none of one that did not run itself to its end. */
export function ownDuration(step: PipelineExecutionStep): number | undefined {
  const { StepStatus, StartTime, EndTime, CacheHitResult, SelectiveExecutionResult } = step;
  if (StepStatus !== "Succeeded" || CacheHitResult !== undefined || SelectiveExecutionResult !== undefined) return;
  return StartTime === undefined || EndTime === undefined ? undefined : EndTime.getTime() - StartTime.getTime();
}

/** What is over before anybody asks is not waited for. */
const shortest = 1000;

/** The middle one of each step's durations; of two, the longer one. Steps that take less than a second have none. */
export function middleDurations(executions: readonly (readonly PipelineExecutionStep[])[]): ExpectedDurations {
  const all = new Map<string, number[]>();
  for (const step of executions.flat()) {
    const [name = "", took] = [step.StepName, ownDuration(step)];
    if (took !== undefined) all.set(name, [...(all.get(name) ?? []), took]);
  }
  const middle = (durations: readonly number[]) =>
    durations.toSorted((a, b) => a - b)[Math.floor(durations.length / 2)] ?? 0;
  return new Map([...all].map(([name, each]) => [name, middle(each)] as const).filter(([, took]) => took >= shortest));
}

/**
 * How long the steps may take, from the pipeline's last executions that succeeded. It is for the eye only: where AWS does
 * not tell, nothing is expected.
 *
 * @param latest the pipeline's executions, newest first
 */
export async function expectedDurations(
  sagemaker: SageMakerClient,
  latest: readonly KnownExecution[],
): Promise<ExpectedDurations> {
  const succeeded = latest.filter(({ status }) => status === "Succeeded").slice(0, most);
  try {
    const lists = await Promise.all(
      succeeded.map(async ({ arn }) => {
        const request = new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: arn, MaxResults: 100 });
        return (await sagemaker.send(request)).PipelineExecutionSteps ?? [];
      }),
    );
    return middleDurations(lists);
  } catch {
    return new Map();
  }
}
