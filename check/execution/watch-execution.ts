import { busyTime } from "./busy-time.ts";
import { type ExpectedDurations, expectedDurations } from "./expected-durations.ts";
import { followExecution } from "./follow-execution.ts";
import { isUnfinished, type KnownExecution, latestExecutions } from "./known-executions.ts";
import { liveLine } from "./live-line.ts";
import type { PreparedExecution } from "./prepare-execution.ts";
import { duration, stepProgress } from "./step-progress.ts";
import { stoppedAtAbort } from "./stop-execution.ts";

/**
 * Follows the execution of a command to its end and prints a line for each change of a step. Stops the execution when the
 * command's signal is aborted.
 *
 * @throws as {@link followExecution}
 */
export async function watchExecution({ options, watch, latest }: PreparedExecution, execution: KnownExecution) {
  const { sagemaker } = watch;
  const { arn } = execution;
  let expected: ExpectedDurations = new Map();
  // The usual durations load in the background, because they are only displayed.
  if (isUnfinished(execution)) {
    // With --execution the command has not listed the other executions yet.
    const known = latest.length > 0 ? latest : latestExecutions(sagemaker, options.pipeline);
    expectedDurations(sagemaker, known).then((durations) => (expected = durations));
  }
  const progress = stepProgress({
    ...{ print: options.print, expected: () => expected, live: liveLine(process.stdout, process.env) },
  });
  const watching = { ...watch, onWarning: progress.print };
  try {
    const ended = await stoppedAtAbort(watching, arn, () =>
      followExecution({ ...watching, arn, onSteps: progress.look }),
    );
    progress.print(`  ${"in all".padEnd(28)} ${duration(busyTime(ended.steps, watch.clock.now()))}`);
    return ended;
  } finally {
    progress.end();
  }
}
