import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type PipelineExecutionSummary,
  paginateListPipelineExecutions,
  type SageMakerClient,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { aws } from "../execution/aws-error.ts";

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
        allExecutions(sagemaker, name).catch(nothingIfGone),
      ),
    ),
  );
  return of.flat().filter(({ PipelineExecutionStatus: status }) => status === "Executing" || status === "Stopping");
}

async function allExecutions(sagemaker: SageMakerClient, PipelineName: string) {
  const executions: PipelineExecutionSummary[] = [];
  const paging = { client: sagemaker, stopOnSameToken: true };
  for await (const page of paginateListPipelineExecutions(paging, { PipelineName, MaxResults: 100 }))
    executions.push(...(page.PipelineExecutionSummaries ?? []));
  return executions;
}

function nothingIfGone(error: Error): readonly [] {
  if (error.name === "ResourceNotFound" || error.name === "ResourceNotFoundException") return [];
  throw error;
}

/** Between two steps the service answers with a conflict, and of what has just ended that it cannot be stopped. */
const askedAgain = new Set(["ConflictException", "ValidationException"]);

async function stop(sagemaker: SageMakerClient, arn: string): Promise<void> {
  const request = { PipelineExecutionArn: arn, ClientRequestToken: randomUUID() };
  await aws(`Stopping ${arn} (sagemaker:StopPipelineExecution)`, () =>
    sagemaker.send(new StopPipelineExecutionCommand(request)).catch((error: Error) => {
      if (!askedAgain.has(error.name)) throw error;
    }),
  );
}

export interface EndOptions {
  readonly sagemaker: SageMakerClient;
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
  const { sagemaker, pipelineNames, signal, deadline, interval, onStopping } = options;
  const told = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const running = await runningExecutions(sagemaker, pipelineNames);
    if (running.length === 0) return;
    for (const { PipelineExecutionArn: arn = "", PipelineExecutionStatus: status } of running) {
      if (!told.has(arn)) onStopping(arn);
      told.add(arn);
      if (status === "Executing") await stop(sagemaker, arn);
    }
    if (Date.now() >= deadline) {
      const arns = running.map(({ PipelineExecutionArn }) => PipelineExecutionArn);
      throw new ExitError(exitCode.deadline, `Not stopped in time: ${arns.join(", ")}. Run this again to wait on.`);
    }
    await sleep(interval, undefined, { signal });
  }
}
