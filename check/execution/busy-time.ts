import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";

/** Whether an execution runs a step itself, and does not take its result from the cache or an earlier execution. */
export function isOwnStep({ CacheHitResult, SelectiveExecutionResult }: PipelineExecutionStep): boolean {
  return CacheHitResult === undefined && SelectiveExecutionResult === undefined;
}

/** SageMaker starts one step after another within seconds; what is longer is a pause before a retry. In milliseconds. */
const longestGap = 60_000;

/**
 * How long an execution took, by its own steps, in milliseconds: neither the pause before a retry is in it nor the time of a
 * step whose result was there already, which may be that of the execution it was first run by. (The execution's own time of
 * change is no end: it moves with what is noted on it later.)
 *
 * @param now the end of steps that still run, in milliseconds since the epoch
 */
export function busyTime(steps: readonly PipelineExecutionStep[], now: number): number {
  const spans = steps
    .filter((step) => isOwnStep(step) && step.StartTime !== undefined)
    .map(({ StartTime, EndTime }) => [StartTime?.getTime() ?? now, EndTime?.getTime() ?? now] as const)
    .sort(([one], [other]) => one - other);
  let [busy, until] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, end] of spans) {
    const began = start - until > longestGap ? start : until;
    busy += Math.max(end - began, 0);
    until = Math.max(until, end);
  }
  return busy;
}
