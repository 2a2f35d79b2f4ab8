import {
  ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { isOwnStep } from "./busy-time.ts";
import type { KnownExecution } from "./known-executions.ts";

/** The usual duration of each step, in milliseconds, by the step's name. */
export type ExpectedDurations = ReadonlyMap<string, number>;

/** The number of executions that are enough for a median. Each of them has to have run a step itself. */
const most = 3;
/** The most executions that are read to find them, so that AWS gets few calls even if the step cache served most of them. */
const furthest = 10;

/** Returns the milliseconds that a step ran; undefined if it did not succeed or its result was reused. */
export function ownDuration(step: PipelineExecutionStep): number | undefined {
  const { StepStatus, StartTime, EndTime } = step;
  if (StepStatus !== "Succeeded" || !isOwnStep(step)) return undefined;
  return StartTime === undefined || EndTime === undefined ? undefined : EndTime.getTime() - StartTime.getTime();
}

/** The shortest duration, in milliseconds, that is shown as usual, because nobody waits for shorter steps. */
const shortest = 1000;

/** Returns the median of each step's durations; of two durations, the longer one. Omits steps shorter than a second. */
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
 * Returns the usual durations of the steps, from the pipeline's latest successful executions that ran some of them. They are
 * only displayed, so an error of AWS just leaves them out.
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
    // The durations read before the error are still useful.
  }
  return middleDurations(lists);
}
