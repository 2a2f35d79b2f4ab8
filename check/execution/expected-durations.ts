import {
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { isOwnStep } from "./busy-time.ts";
import type { KnownExecution } from "./known-executions.ts";

/** How long each step may take, in milliseconds, by its name. */
export type ExpectedDurations = ReadonlyMap<string, number>;

/** Executions that ran steps themselves: enough for a middle one. */
const most = 3;
/** How many are looked at for them: few enough for the service, where most came from the cache. */
const furthest = 10;

/** Milliseconds that a step ran; none of one that did not run itself to its end. */
export function ownDuration(step: PipelineExecutionStep): number | undefined {
  const { StepStatus, StartTime, EndTime } = step;
  if (StepStatus !== "Succeeded" || !isOwnStep(step)) return undefined;
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
 * How long the steps may take, from the pipeline's last executions that succeeded and ran some of them. It is for the eye only:
 * where AWS does not tell, nothing is expected.
 *
 * @param latest the pipeline's executions, newest first
 */
export async function expectedDurations(
  sagemaker: SageMakerClient,
  latest: readonly KnownExecution[] | Promise<readonly KnownExecution[]>,
): Promise<ExpectedDurations> {
  const lists: PipelineExecutionStep[][] = [];
  try {
    const succeeded = (await latest).filter(({ status }) => status === "Succeeded").slice(0, furthest);
    for (const { arn } of succeeded) {
      const request = new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: arn, MaxResults: 100 });
      const { PipelineExecutionSteps: steps = [] } = await sagemaker.send(request);
      if (middleDurations([steps]).size > 0) lists.push(steps);
      if (lists.length === most) break;
    }
  } catch {
    // What was found until then is better than nothing.
  }
  return middleDurations(lists);
}
