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
 * Lists the executions of some pipelines that have not ended. Skips a pipeline that does not exist.
 *
 * @throws ExitError (6) if an AWS call fails
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
  /** The deadline, in milliseconds since the epoch. */
  readonly deadline: number;
  /** The time between two polls, in milliseconds. */
  readonly interval: number;
  /** Gets the ARN of each execution that is stopped, once. */
  readonly onStopping: (arn: string) => void;
}

/**
 * Stops all executions of some pipelines and waits for their end, including executions that start in the meantime. SageMaker
 * does not delete a pipeline that has a running execution.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeletePipeline.html
 *
 * @throws ExitError (4) at the deadline, (6) if an AWS call fails; the reason of `signal` when it is aborted
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
      throw new ExitError(
        exitCode.deadline,
        `These executions did not stop in time: ${arns.join(", ")}. Run this again to continue waiting.`,
      );
    }
    await clock.sleep(interval, signal);
  }
}
