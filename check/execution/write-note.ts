import { type SageMakerClient, UpdatePipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { type ExecutionNote, noteText } from "./execution-note.ts";

/**
 * Writes a note into the description of an execution, in place of the old description.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdatePipelineExecution.html
 *
 * @throws ExitError (6) if AWS rejects the call; otherwise the SDK's error when it is aborted
 */
export async function writeNote(
  sagemaker: SageMakerClient,
  arn: string,
  note: ExecutionNote,
  abortSignal?: AbortSignal,
): Promise<void> {
  const request = { PipelineExecutionArn: arn, PipelineExecutionDescription: noteText(note) };
  await aws(`Noting the outcome on ${arn} (sagemaker:UpdatePipelineExecution)`, () =>
    sagemaker.send(new UpdatePipelineExecutionCommand(request), abortSignal && { abortSignal }),
  );
}
