import { randomUUID } from "node:crypto";
import type { PipelineExecutionSummary, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Clock } from "../../aws/clock.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import { isUnfinished } from "../execution/known-executions.ts";
import { listExecutions } from "../execution/list-executions.ts";
import { askToStop } from "../execution/stop-execution.ts";

/**
 * The executions of some pipelines that have not come to their end; none of a pipeline that is not there (any more).
 *
 * @throws ExitError (6) if AWS refuses or cannot be reached
 */
export async function runningExecutions(
  sagemaker: SageMakerClient,
  pipelineNames: readonly string[],
): Promise<readonly PipelineExecutionSummary[]> {
  const of = await Promise.all(
    pipelineNames.map((name) =>
      aws(`Listing the executions of ${name} (sagemaker:ListPipelineExecutions)`, () =>
        listExecutions(sagemaker, name).catch((error: unknown) => {
          if (isNotFound(error)) return [];
          throw error;
        }),
      ),
    ),
  );
  return of.flat().filter(({ PipelineExecutionStatus: status = "" }) => isUnfinished({ status }));
}

export interface EndOptions {
  readonly sagemaker: SageMakerClient;
  readonly clock: Clock;
  readonly pipelineNames: readonly string[];
  readonly signal: AbortSignal;
  /** When to give up, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Time until the next look, in milliseconds. */
  readonly interval: number;
  /** Told the ARN of each execution that is stopped, once. */
  readonly onStopping: (arn: string) => void;
}

/**
 * Stops all executions of some pipelines and waits for their end, also of those that somebody starts meanwhile: SageMaker
 * deletes no pipeline while one runs.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeletePipeline.html
 *
 * @throws ExitError (4) at the deadline, (6) if AWS refuses or cannot be reached; the reason of `signal` when it is aborted
 */
export async function endExecutions(options: EndOptions): Promise<void> {
  const { sagemaker, clock, pipelineNames, signal, deadline, interval, onStopping } = options;
  const told = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const running = await runningExecutions(sagemaker, pipelineNames);
    if (running.length === 0) return;
    for (const { PipelineExecutionArn: arn = "", PipelineExecutionStatus: status } of running) {
      if (!told.has(arn)) onStopping(arn);
      told.add(arn);
      if (status === "Stopping") continue;
      await aws(`Stopping ${arn} (sagemaker:StopPipelineExecution)`, () => askToStop(sagemaker, arn, randomUUID()));
    }
    if (clock.now() >= deadline) {
      const arns = running.map(({ PipelineExecutionArn }) => PipelineExecutionArn);
      throw new ExitError(exitCode.deadline, `Not stopped in time: ${arns.join(", ")}. Run this again to wait on.`);
    }
    await clock.sleep(interval, signal);
  }
}
