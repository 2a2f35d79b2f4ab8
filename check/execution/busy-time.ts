import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";

/** Tells whether an execution runs a step itself instead of reusing a result from the step cache or an earlier execution. */
export function isOwnStep({ CacheHitResult, SelectiveExecutionResult }: PipelineExecutionStep): boolean {
  return CacheHitResult === undefined && SelectiveExecutionResult === undefined;
}

/** The longest gap between two steps, in milliseconds. SageMaker needs only seconds, so a longer gap is the pause before a retry. */
const longestGap = 60_000;

/**
 * Returns how long an execution worked, in milliseconds, from the times of the steps that it ran itself. Pauses before a retry
 * do not count. Reused steps do not count either, because they may have the times of the execution that first ran them. The
 * execution's own `LastModifiedTime` is not its end, because a later note on the execution changes it.
 *
 * @param now the end of steps that are still running, in milliseconds since the epoch
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
