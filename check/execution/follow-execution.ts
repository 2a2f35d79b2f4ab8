import {
  DescribePipelineExecutionCommand,
  type DescribePipelineExecutionResponse,
  type PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import { isUnfinished } from "./known-executions.ts";
import { listSteps } from "./list-steps.ts";
import { onceEach, toDeadline, type Watch, whileBusy } from "./watch.ts";

/** An execution that has ended. */
export interface EndedExecution {
  readonly arn: string;
  readonly status: "Succeeded" | "Failed" | "Stopped" | "CompletedWithFailures";
  readonly failureReason?: string;
  /** The steps in the order in which they started. */
  readonly steps: readonly PipelineExecutionStep[];
}

export interface FollowOptions extends Watch {
  readonly arn: string;
  readonly onSteps?: (steps: readonly PipelineExecutionStep[]) => void;
}

/** The statuses of a running execution that this version knows. */
const running = new Set(["Executing", "Stopping"]);

/** The result of one poll: the execution and, if it was time to list them, its steps. */
interface Look {
  readonly state: DescribePipelineExecutionResponse;
  readonly steps: readonly PipelineExecutionStep[] | undefined;
}

/** Returns a function that polls an execution. It lists the steps when the execution changed, at regular times, and at the end. */
function looker({ sagemaker, clock, arn, times }: FollowOptions) {
  const began = clock.now();
  let listed: { readonly state: string; readonly at: number } | undefined;
  return async (abortSignal: AbortSignal): Promise<Look> => {
    const request = new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn });
    const state = await sagemaker.send(request, { abortSignal });
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
  const { PipelineExecutionStatus: status = "", FailureReason } = state;
  if (isUnfinished({ status })) return undefined;
  return {
    arn,
    status: status as EndedExecution["status"],
    ...defined({ failureReason: FailureReason }),
    steps,
  };
}

/** Polls until the execution ends. Returns undefined at the deadline. */
async function looks(options: FollowOptions, stop: AbortSignal): Promise<EndedExecution | undefined> {
  const { clock, arn, deadline, times, onSteps } = options;
  const began = clock.now();
  const look = looker(options);
  const onWarning = onceEach(options.onWarning);
  for (;;) {
    const looked = await whileBusy({ ...options, onWarning }, stop, look);
    if (looked === undefined) return undefined;
    if (looked.steps !== undefined) onSteps?.(looked.steps);
    const execution = endedExecution(arn, looked);
    if (execution !== undefined) return execution;
    const { PipelineExecutionStatus: status = "" } = looked.state;
    if (!running.has(status))
      onWarning(`The execution has a status that this version does not know (${status}); still waiting.`);
    const left = deadline - clock.now();
    if (left <= 0) return undefined;
    await clock.sleep(Math.min(times.interval(clock.now() - began), left), stop);
  }
}

/**
 * Waits for the end of an execution and reports its steps after each listing.
 *
 * @throws ExitError (4) at the deadline, at most one poll late, (6) if an AWS call fails; the reason of `signal` when it is
 *   aborted
 */
export async function followExecution(options: FollowOptions): Promise<EndedExecution> {
  return toDeadline(options, options.arn, `Following ${options.arn}`, (stop) => looks(options, stop));
}
