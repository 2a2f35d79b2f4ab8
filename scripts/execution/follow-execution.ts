import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribePipelineExecutionCommand,
  type PipelineExecutionStep,
  paginateListPipelineExecutionSteps,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { aws } from "./aws-error.ts";

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
  readonly arn: string;
  readonly signal: AbortSignal;
  /** When to give up, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Time until the next look, in milliseconds, after so many milliseconds of following. */
  readonly interval: (elapsed: number) => number;
  readonly onSteps?: (steps: readonly PipelineExecutionStep[]) => void;
  readonly onWarning?: (line: string) => void;
}

/** On AWS often in the first minute, then six times a minute; on this machine at once. */
export function pollInterval(local: boolean): FollowOptions["interval"] {
  return (elapsed) => (local ? 250 : elapsed < 60_000 ? 5000 : 10_000);
}

/** All steps of an execution that began, in the order of their start. */
export async function listSteps(sagemaker: SageMakerClient, arn: string): Promise<readonly PipelineExecutionStep[]> {
  const request = { PipelineExecutionArn: arn, SortOrder: "Ascending", MaxResults: 100 } as const;
  const steps: PipelineExecutionStep[] = [];
  for await (const page of paginateListPipelineExecutionSteps({ client: sagemaker, stopOnSameToken: true }, request))
    steps.push(...(page.PipelineExecutionSteps ?? []));
  return steps;
}

const running = new Set(["Executing", "Stopping"]);
const ended = new Set(["Succeeded", "Failed", "Stopped", "CompletedWithFailures"]);

/**
 * Waits for the end of an execution and tells of each look at its steps.
 *
 * @throws ExitError (4) at the deadline, (6) if AWS cannot be asked; the reason of `signal` when it is aborted
 */
export async function followExecution(options: FollowOptions): Promise<EndedExecution> {
  const { sagemaker, arn, signal, deadline, interval, onSteps, onWarning } = options;
  const began = Date.now();
  let warned = false;
  for (;;) {
    const { state, steps } = await aws(`Following ${arn}`, async () => ({
      state: await sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn })),
      steps: await listSteps(sagemaker, arn),
    }));
    onSteps?.(steps);
    const status = state.PipelineExecutionStatus ?? "";
    if (ended.has(status))
      return {
        arn,
        status: status as EndedExecution["status"],
        ...(state.FailureReason === undefined ? {} : { failureReason: state.FailureReason }),
        ...(state.CreationTime === undefined ? {} : { startTime: state.CreationTime }),
        ...(state.LastModifiedTime === undefined ? {} : { endTime: state.LastModifiedTime }),
        steps,
      };
    if (!running.has(status) && !warned) {
      warned = true;
      onWarning?.(`The execution has a status that this version does not know (${status}); waiting on.`);
    }
    if (Date.now() >= deadline)
      throw new ExitError(
        exitCode.deadline,
        `The execution did not end in time and still runs: ${arn}. Wait longer with --timeout MINUTES, or stop it.`,
      );
    await sleep(Math.min(interval(Date.now() - began), Math.max(deadline - Date.now(), 0)), undefined, { signal });
  }
}
