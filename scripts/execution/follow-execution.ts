import {
  DescribePipelineExecutionCommand,
  type DescribePipelineExecutionResponse,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { awsExitError } from "./aws-error.ts";
import { type Clock, within } from "./clock.ts";
import { listSteps } from "./list-steps.ts";
import { troubleOf } from "./patient-retries.ts";
import type { PollTimes } from "./poll-times.ts";

/** An execution that came to its end. */
export interface EndedExecution {
  readonly arn: string;
  readonly status: "Succeeded" | "Failed" | "Stopped" | "CompletedWithFailures";
  readonly failureReason?: string;
  readonly startTime?: Date;
  readonly endTime?: Date;
  /** In the order in which they started. */
  readonly steps: readonly PipelineExecutionStep[];
}

export interface FollowOptions {
  readonly sagemaker: SageMakerClient;
  readonly clock: Clock;
  readonly arn: string;
  readonly signal: AbortSignal;
  /** When to give up, in milliseconds since the epoch. */
  readonly deadline: number;
  readonly times: PollTimes;
  readonly onSteps?: (steps: readonly PipelineExecutionStep[]) => void;
  readonly onWarning?: (line: string) => void;
}

const running = new Set(["Executing", "Stopping"]);
const ended = new Set(["Succeeded", "Failed", "Stopped", "CompletedWithFailures"]);

/** What a look found: an execution and, where it was time to list them, its steps. */
interface Look {
  readonly state: DescribePipelineExecutionResponse;
  readonly steps: readonly PipelineExecutionStep[] | undefined;
}

/** Looks at an execution: always at its state, at its steps when that has changed, at times beside that, and at the end. */
function looker({ sagemaker, clock, arn, times }: FollowOptions) {
  const began = clock.now();
  let listed: { readonly state: string; readonly at: number } | undefined;
  return async (abortSignal: AbortSignal): Promise<Look> => {
    const state = await sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }), {
      abortSignal,
    });
    const now = clock.now();
    const version = `${state.PipelineExecutionStatus} ${state.LastModifiedTime?.getTime()}`;
    const isDue = listed === undefined || now - listed.at >= times.stepsInterval(now - began);
    if (!isDue && version === listed?.state) return { state, steps: undefined };
    const steps = await listSteps(sagemaker, arn, abortSignal);
    listed = { state: version, at: now };
    return { state, steps };
  };
}

function endedExecution(arn: string, { state, steps = [] }: Look): EndedExecution | undefined {
  const { PipelineExecutionStatus: status = "", FailureReason, CreationTime, LastModifiedTime } = state;
  if (!ended.has(status)) return undefined;
  return {
    arn,
    status: status as EndedExecution["status"],
    ...(FailureReason === undefined ? {} : { failureReason: FailureReason }),
    ...(CreationTime === undefined ? {} : { startTime: CreationTime }),
    ...(LastModifiedTime === undefined ? {} : { endTime: LastModifiedTime }),
    steps,
  };
}

/** Each warning once: it is printed among the lines of a wait that may take a day. */
function onceEach(warn: FollowOptions["onWarning"]): (line: string) => void {
  const said = new Set<string>();
  return (line) => {
    if (!said.has(line)) warn?.(line);
    said.add(line);
  };
}

/** Looks until the end. Gives undefined at the deadline. */
async function looks(options: FollowOptions, stop: AbortSignal): Promise<EndedExecution | undefined> {
  const { clock, arn, deadline, times, onSteps } = options;
  const began = clock.now();
  const look = looker(options);
  const warn = onceEach(options.onWarning);
  for (;;) {
    const found = await look(stop).catch((error: unknown) => {
      // It is there, so it is waited for; the client has tried again for some time already.
      if (troubleOf(error) !== "busy") throw error;
      warn(`AWS is too busy to be asked (${(error as Error).name}); waiting on.`);
    });
    if (found?.steps !== undefined) onSteps?.(found.steps);
    if (found !== undefined) {
      const execution = endedExecution(arn, found);
      if (execution !== undefined) return execution;
      const { PipelineExecutionStatus: status = "" } = found.state;
      if (!running.has(status))
        warn(`The execution has a status that this version does not know (${status}); waiting on.`);
    }
    const left = deadline - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(times.interval(clock.now() - began), left), stop);
  }
}

/** What is left to say where an execution cannot be followed any more: it knows nothing of that. */
function stillRuns(error: unknown, arn: string): unknown {
  if (!(error instanceof ExitError) || error.code !== exitCode.aws) return error;
  const message = `${error.message} The execution still runs; follow it again with --execution ${arn}.`;
  return new ExitError(error.code, message, { cause: error });
}

/**
 * Waits for the end of an execution and tells of each look at its steps.
 *
 * @throws ExitError (4) at the deadline, at most one poll late, (6) if AWS cannot be asked; the reason of `signal` when it is
 *   aborted
 */
export async function followExecution(options: FollowOptions): Promise<EndedExecution> {
  const { clock, arn, signal, deadline, times } = options;
  const left = Math.max(deadline - clock.now(), 0);
  let stopped: AbortSignal | undefined;
  const execution = await within(
    clock,
    left + times.interval(left),
    (stop) => {
      stopped = stop;
      return looks(options, stop);
    },
    signal,
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    // A look that does not come back at the deadline.
    if (stopped?.aborted === true) return undefined;
    throw stillRuns(awsExitError(`Following ${arn}`, error), arn);
  });
  if (execution !== undefined) return execution;
  throw new ExitError(
    exitCode.deadline,
    `The execution did not end in time and still runs: ${arn}. Wait on with --execution ${arn} (longer with --timeout MINUTES), or stop it.`,
  );
}
