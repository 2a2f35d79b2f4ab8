import {
  DescribePipelineExecutionCommand,
  paginateListPipelineParametersForExecution,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { pagesOf } from "../../aws/pages.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type ExecutionNote, parseNote } from "./execution-note.ts";
import { listExecutions } from "./list-executions.ts";
import { stoppedAtAbort } from "./stop-execution.ts";
import { toDeadline, type Watch, whileBusy } from "./watch.ts";

/** An execution that is there. */
export interface KnownExecution {
  readonly arn: string;
  readonly status: string;
  readonly startTime?: Date | undefined;
  readonly failureReason?: string | undefined;
  /** What the command that started it left on it. */
  readonly note?: ExecutionNote | undefined;
}

/** Whether an execution has not come to its end; one of a status that this version does not know has not. */
export function isUnfinished({ status }: Pick<KnownExecution, "status">): boolean {
  return !["Succeeded", "Failed", "Stopped", "CompletedWithFailures"].includes(status);
}

/** So many executions are looked at; a page may have fewer. */
const mostExecutions = 100;

/**
 * The latest executions of a pipeline, at least 100 if there are as many, newest first.
 *
 * @throws ExitError (2) if there is no such pipeline, or it is another one of the same name, (6) if AWS cannot be asked
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

/** Whether two ARNs are the same one: SageMaker spells names in ARNs in lower case. */
function isSameArn(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

/**
 * Makes sure that the pipeline of a name is the stack's: in another account or region there may be one of the same name.
 *
 * @throws ExitError (2) if it is not
 */
export function requirePipeline(answering: string, expected: string): void {
  if (isSameArn(answering, expected)) return;
  throw new ExitError(
    exitCode.usage,
    `The credentials lead to ${answering}, the stack's pipeline is ${expected}: use the profile and region of the stack.`,
  );
}

/**
 * An execution of a pipeline by its ARN.
 *
 * @throws ExitError (2) if there is none, or it is another pipeline's, (6) if AWS cannot be asked
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
      `${arn} is an execution of another pipeline than ${pipelineArn}: choose its stack and pipeline.`,
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
 * An execution that was started just now, with as much patience as following it has; when the watch's signal is aborted, it is
 * stopped.
 *
 * @throws as {@link describeExecution}, with what to do about the execution that runs; ExitError (4) at the deadline
 */
export async function describeStarted(watch: Watch, pipelineArn: string, arn: string): Promise<KnownExecution> {
  const describe = (stop: AbortSignal) => describeExecution(watch.sagemaker, pipelineArn, arn, stop);
  return stoppedAtAbort(watch, arn, () =>
    toDeadline(watch, arn, `Reading ${arn}`, (stop) => whileBusy(watch, stop, describe)),
  );
}

/** The parameters that an execution ran with. @throws ExitError (6) if AWS cannot be asked */
export async function parametersOf(sagemaker: SageMakerClient, arn: string): Promise<Readonly<Record<string, string>>> {
  return aws(`Reading the parameters of ${arn} (sagemaker:ListPipelineParametersForExecution)`, async () => {
    const values: Record<string, string> = {};
    const request = { PipelineExecutionArn: arn, MaxResults: 50 };
    const pages = paginateListPipelineParametersForExecution({ client: sagemaker }, request);
    for await (const page of pagesOf(`Listing the parameters of ${arn}`, pages))
      for (const { Name = "", Value = "" } of page.PipelineParameters ?? []) values[Name] = Value;
    return values;
  });
}
