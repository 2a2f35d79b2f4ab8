import { randomUUID } from "node:crypto";
import { type SageMakerClient, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { aws } from "./aws-error.ts";

/**
 * Starts an execution and answers with its ARN. A repeated request after a lost answer starts no second one, as the
 * SDK repeats it with the same token.
 *
 * @throws ExitError (2) if there is no such pipeline or a parameter is wrong, (6) for anything else that AWS refuses
 */
export async function startExecution(
  sagemaker: SageMakerClient,
  pipelineName: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const request = new StartPipelineExecutionCommand({
    PipelineName: pipelineName,
    ClientRequestToken: randomUUID(),
    PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
  });
  const started = await aws(`Starting ${pipelineName}`, () => sagemaker.send(request));
  return started.PipelineExecutionArn ?? "";
}
