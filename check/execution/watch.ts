import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { type Clock, within } from "../../aws/clock.ts";
import { awsExitError } from "../../aws/error.ts";
import { troubleOf } from "../../aws/patient-retries.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { PollTimes } from "./poll-times.ts";

/** With what, how often and how long somebody looks at an execution that runs. */
export interface Watch {
  readonly sagemaker: SageMakerClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** When to give up, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly times: PollTimes;
  readonly onWarning?: (line: string) => void;
}

/** Each warning once: it is printed among the lines of a wait that may take a day. */
export function onceEach(warn: Watch["onWarning"]): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) warn?.(line);
    said.add(line);
  };
}

/** What is left to say where an execution cannot be watched any more: it knows nothing of that. */
function stillRuns(error: unknown, arn: string): unknown {
  if (!(error instanceof ExitError) || (error.code !== exitCode.aws && error.code !== exitCode.usage)) return error;
  const message = `${error.message} The execution still runs; follow it again with --execution ${arn}.`;
  return new ExitError(error.code, message, { cause: error });
}

/**
 * Asks until AWS is not too busy to answer, at most to the deadline: what runs is waited for. The client has tried again for
 * some time each time.
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
      onWarning?.(`AWS is too busy to be asked (${(failure as Error).name}); waiting on.`);
    }
    const left = deadline - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(times.interval(clock.now() - began), left), stop);
  }
}

/**
 * Asks of an execution that runs, to the deadline, or at most one poll longer where nothing answers then.
 *
 * @param ask gives undefined at the deadline
 * @throws ExitError (4) at the deadline, (6) if AWS cannot be asked, both with what to do about the execution; the reason of
 *   the watch's signal when it is aborted
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
    // A look that does not come back at the deadline.
    if (stopped?.aborted === true) return undefined;
    throw stillRuns(awsExitError(what, error), arn);
  });
  if (answer !== undefined) return answer;
  throw new ExitError(
    exitCode.deadline,
    `The execution did not end in time and still runs: ${arn}. Wait on with --execution ${arn} (longer with --timeout MINUTES), or stop it.`,
  );
}
