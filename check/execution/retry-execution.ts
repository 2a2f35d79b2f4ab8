import { randomUUID } from "node:crypto";
import { RetryPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { describeExecution, describeStarted, isUnfinished, type KnownExecution } from "./known-executions.ts";
import type { Watch } from "./watch.ts";
import { writeNote } from "./write-note.ts";

/**
 * Retries an execution from where it failed or was stopped, with its own parameters and definition. Removes the earlier
 * verdict from its note first, so that it is judged again. Follows the execution if somebody else has just retried it.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RetryPipelineExecution.html
 *
 * @throws ExitError (2) if SageMaker does not retry it, (6) if an AWS call fails; otherwise as {@link describeStarted}
 */
export async function retryExecution(
  watch: Watch,
  pipelineArn: string,
  { arn, note }: KnownExecution,
): Promise<KnownExecution> {
  const { sagemaker } = watch;
  if (note?.verdict !== undefined) await writeNote(sagemaker, arn, { ...note, verdict: undefined });
  const request = new RetryPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: randomUUID() });
  try {
    await aws(`Retrying ${arn}`, () => sagemaker.send(request));
  } catch (error) {
    const now = await describeExecution(sagemaker, pipelineArn, arn);
    if (!isUnfinished(now)) throw error;
    return now;
  }
  return describeStarted(watch, pipelineArn, arn);
}
