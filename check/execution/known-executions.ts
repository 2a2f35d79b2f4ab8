import {
  DescribePipelineExecutionCommand,
  paginateListPipelineParametersForExecution,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { isSameArn } from "../../aws/arn.ts";
import { aws } from "../../aws/error.ts";
import { pagesOf } from "../../aws/pages.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type ExecutionNote, parseNote } from "./execution-note.ts";
import { listExecutions } from "./list-executions.ts";
import { stoppedAtAbort } from "./stop-execution.ts";
import { toDeadline, type Watch, whileBusy } from "./watch.ts";

/** An execution that exists on SageMaker. */
export interface KnownExecution {
  readonly arn: string;
  readonly status: string;
  readonly startTime?: Date | undefined;
  readonly failureReason?: string | undefined;
  /** The note of the command that started it. */
  readonly note?: ExecutionNote | undefined;
}

/** Tells whether an execution has not ended. A status that this version does not know counts as not ended. */
export function isUnfinished({ status }: Pick<KnownExecution, "status">): boolean {
  return !["Succeeded", "Failed", "Stopped", "CompletedWithFailures"].includes(status);
}

/** The number of executions that are read; a page may have fewer. */
const mostExecutions = 100;

/**
 * Lists the latest executions of a pipeline, newest first: at least 100, if there are as many.
 *
 * @throws ExitError (2) if the pipeline does not exist, or belongs to another account or region, (6) if an AWS call fails
 */
export async function latestExecutions(
  sagemaker: SageMakerClient,
  pipeline: { readonly name: string; readonly arn: string },
): Promise<readonly KnownExecution[]> {
  const summaries = await aws(`Listing the executions of ${pipeline.name} (sagemaker:ListPipelineExecutions)`, () =>
    listExecutions(sagemaker, pipeline.name, mostExecutions),
  );
  const [pipelineArn] = summaries[0]?.PipelineExecutionArn?.split("/execution/") ?? [];
  if (pipelineArn !== undefined) requirePipeline(pipelineArn, pipeline.arn);
  return summaries.map((each) => ({
    arn: each.PipelineExecutionArn ?? "",
    status: each.PipelineExecutionStatus ?? "",
    startTime: each.StartTime,
    failureReason: each.PipelineExecutionFailureReason,
    note: parseNote(each.PipelineExecutionDescription),
  }));
}

/**
 * Checks that the ARN of a pipeline is the one in the stack's outputs, because another account or region may have a pipeline
 * of the same name.
 *
 * @throws ExitError (2) if it is not
 */
export function requirePipeline(answering: string, expected: string): void {
  if (isSameArn(answering, expected)) return;
  throw new ExitError(
    exitCode.usage,
    `The credentials lead to ${answering}, but the stack's pipeline is ${expected}: use the profile and region of the stack.`,
  );
}

/**
 * Reads an execution by its ARN.
 *
 * @throws ExitError (2) if it does not exist or belongs to another pipeline, (6) if an AWS call fails
 */
export async function describeExecution(
  sagemaker: SageMakerClient,
  pipelineArn: string,
  arn: string,
  abortSignal?: AbortSignal,
): Promise<KnownExecution> {
  const described = await aws(`Reading ${arn}`, () =>
    sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }), abortSignal && { abortSignal }),
  );
  if (!isSameArn(described.PipelineArn, pipelineArn))
    throw new ExitError(
      exitCode.usage,
      `${arn} is not an execution of ${pipelineArn}: choose the stack and pipeline of that execution.`,
    );
  return {
    arn,
    status: described.PipelineExecutionStatus ?? "",
    startTime: described.CreationTime,
    failureReason: described.FailureReason,
    note: parseNote(described.PipelineExecutionDescription),
  };
}

/**
 * Reads an execution that was just started, and retries as patiently as when following it. Stops the execution when the
 * watch's signal is aborted.
 *
 * @throws as {@link describeExecution}, with advice about the running execution; ExitError (4) at the deadline
 */
export async function describeStarted(watch: Watch, pipelineArn: string, arn: string): Promise<KnownExecution> {
  const describe = (stop: AbortSignal) => describeExecution(watch.sagemaker, pipelineArn, arn, stop);
  return stoppedAtAbort(watch, arn, () =>
    toDeadline(watch, arn, `Reading ${arn}`, (stop) => whileBusy(watch, stop, describe)),
  );
}

/** Returns the parameters of an execution. @throws ExitError (6) if an AWS call fails */
export async function readParameters(
  sagemaker: SageMakerClient,
  arn: string,
): Promise<Readonly<Record<string, string>>> {
  return aws(`Reading the parameters of ${arn} (sagemaker:ListPipelineParametersForExecution)`, async () => {
    const values: Record<string, string> = {};
    const request = { PipelineExecutionArn: arn, MaxResults: 50 };
    const pages = paginateListPipelineParametersForExecution({ client: sagemaker }, request);
    for await (const page of pagesOf(`Listing the parameters of ${arn}`, pages))
      for (const { Name = "", Value = "" } of page.PipelineParameters ?? []) values[Name] = Value;
    return values;
  });
}
