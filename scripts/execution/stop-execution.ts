import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type SageMakerClient, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";

/**
 * Asks for the end of an execution. Between two steps the service answers with a conflict, so it is asked again, for
 * at most 5 s; an execution that is over already is no error.
 *
 * @returns whether the service took the request
 */
export async function stopExecution(sagemaker: SageMakerClient, arn: string): Promise<boolean> {
  const token = randomUUID();
  const deadline = Date.now() + 5000;
  for (;;) {
    try {
      await sagemaker.send(new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: token }));
      return true;
    } catch (error) {
      if ((error as Error).name !== "ConflictException" || Date.now() > deadline) return false;
      await sleep(500);
    }
  }
}
