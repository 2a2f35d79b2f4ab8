import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { type Clock, within } from "../../aws/clock.ts";
import { awsExitError } from "../../aws/error.ts";
import { troubleOf } from "../../aws/patient-retries.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { PollTimes } from "./poll-times.ts";

/** The client, clock, poll intervals and deadline for following an execution. */
export interface Watch {
  readonly sagemaker: SageMakerClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The deadline, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly times: PollTimes;
  readonly onWarning?: (line: string) => void;
}

/** Wraps a warning function so that it prints each text only once, because a wait may take a day. */
export function onceEach(warn: Watch["onWarning"]): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) warn?.(line);
    said.add(line);
  };
}

/** Adds advice to an error that ends the watch, because the execution is still running. */
function stillRuns(error: unknown, arn: string): unknown {
  if (!(error instanceof ExitError) || (error.code !== exitCode.aws && error.code !== exitCode.usage)) return error;
  const message = `${error.message} The execution is still running; follow it again with --execution ${arn}.`;
  return new ExitError(error.code, message, { cause: error });
}

/**
 * Repeats a call until AWS is no longer too busy to answer, or until the deadline. The client has already retried each call
 * for some time.
 *
 * @returns the answer, or undefined at the deadline
 */
export async function whileBusy<Answer>(
  { clock, deadline, times, onWarning }: Watch,
  stop: AbortSignal,
  ask: (stop: AbortSignal) => Promise<Answer>,
): Promise<Answer | undefined> {
  const began = clock.now();
  for (;;) {
    try {
      return await ask(stop);
    } catch (error) {
      const failure = error instanceof ExitError ? error.cause : error;
      if (troubleOf(failure) !== "busy") throw error;
      onWarning?.(`AWS is too busy to answer (${(failure as Error).name}); still waiting.`);
    }
    const left = deadline - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(times.interval(clock.now() - began), left), stop);
  }
}

/**
 * Runs `ask` about a running execution until the deadline, or at most one poll longer if AWS does not answer then.
 *
 * @param ask returns undefined at the deadline
 * @throws ExitError (4) at the deadline, (6) if an AWS call fails, both with advice about the execution; the reason of the
 *   watch's signal when it is aborted
 */
export async function toDeadline<Answer>(
  { clock, signal, deadline, times }: Watch,
  arn: string,
  what: string,
  ask: (stop: AbortSignal) => Promise<Answer | undefined>,
): Promise<Answer> {
  const left = Math.max(deadline - clock.now(), 0);
  let stopped: AbortSignal | undefined;
  const work = (stop: AbortSignal) => {
    stopped = stop;
    return ask(stop);
  };
  const answer = await within(clock, left + times.interval(left), work, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    // This ends a call that has no answer at the deadline.
    if (stopped?.aborted === true) return undefined;
    throw stillRuns(awsExitError(what, error), arn);
  });
  if (answer !== undefined) return answer;
  throw new ExitError(
    exitCode.deadline,
    `The execution did not end in time and is still running: ${arn}. Continue with --execution ${arn} (longer with --timeout MINUTES), or stop it.`,
  );
}
