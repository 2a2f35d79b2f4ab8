import type { AwsClients } from "../../aws/clients.ts";
import { busyTime } from "./busy-time.ts";
import { type ExpectedDurations, expectedDurations } from "./expected-durations.ts";
import { type EndedExecution, followExecution } from "./follow-execution.ts";
import { logTail } from "./job-log.ts";
import { isRunning, type KnownExecution, latestExecutions } from "./known-executions.ts";
import { liveLine } from "./live-line.ts";
import type { PreparedRun } from "./prepare-run.ts";
import { duration, stepProgress } from "./step-progress.ts";
import { stoppedAtAbort } from "./stop-execution.ts";

/**
 * Follows the execution of a run to its end, with a line for each change of a step. When the run's signal is aborted the
 * execution is stopped.
 *
 * @throws as {@link followExecution}
 */
export async function followRun({ options, watch, latest }: PreparedRun, execution: KnownExecution) {
  const { sagemaker } = watch;
  const { arn } = execution;
  let expected: ExpectedDurations = new Map();
  // Following does not wait for what is only for the eye.
  if (isRunning(execution)) {
    // Who names an execution has not seen the others.
    const known = latest.length > 0 ? latest : latestExecutions(sagemaker, options.pipeline);
    expectedDurations(sagemaker, known).then((found) => (expected = found));
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

/** Where an execution was stopped, and how it goes on: nothing is wrong with it. */
function stopText({ status, steps }: EndedExecution): readonly string[] {
  if (status !== "Stopped") return [];
  const stopped = steps.filter(({ StepStatus }) => StepStatus === "Stopped").map(({ StepName }) => StepName);
  const where = stopped.length === 0 ? "between two steps" : `in ${stopped.join(", ")}`;
  return [`Somebody stopped it ${where}; run it on from there with --retry.`];
}

/** What an execution that did not succeed says of itself: the failing steps, their reasons, the ends of their logs. */
export async function failureText(clients: AwsClients, execution: EndedExecution): Promise<string> {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  const parts = await Promise.all(
    failed.map(async (step) => {
      const tail = await logTail(clients, step);
      const log = tail.length === 0 ? [] : ["  the end of its log:", ...tail.map((line) => `    ${line}`)];
      // The other lines of a long reason are what the script printed, and so in the log.
      const [reason] = (step.FailureReason ?? "no reason given").split("\n");
      return [`Step ${step.StepName} failed: ${reason}`, ...log].join("\n");
    }),
  );
  const reason = execution.failureReason === undefined ? "" : `: ${execution.failureReason}`;
  return [`The execution ${execution.status.toLowerCase()}${reason}`, ...parts, ...stopText(execution)].join("\n");
}
