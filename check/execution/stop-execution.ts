import { randomUUID } from "node:crypto";
import { type SageMakerClient, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { type Clock, within } from "../../aws/clock.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import type { Watch } from "./watch.ts";

/** The longest time to try to stop an execution after an interrupt, in milliseconds; then the command ends anyway. */
const longestStop = 5000;

/**
 * Asks SageMaker once to stop an execution. An execution that has ended or does not exist counts as stopped.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html
 *
 * @returns whether it is stopping or has ended; false if it cannot be stopped right now, because it is between two steps
 * @throws the SDK's error if AWS rejects the call for another reason
 */
export async function askToStop(
  sagemaker: SageMakerClient,
  arn: string,
  token: string,
  abortSignal?: AbortSignal,
): Promise<boolean> {
  const request = new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: token });
  try {
    await sagemaker.send(request, abortSignal && { abortSignal });
    return true;
  } catch (error) {
    const { name } = error as Error;
    if (name === "ConflictException") return false;
    if (name === "ValidationException" || isNotFound(error)) return true;
    throw error;
  }
}

/**
 * Stops an execution. SageMaker answers with a conflict between two steps, so this repeats the call with the same token for at
 * most 5 s. An execution that has already ended is not an error.
 *
 * @returns whether the execution is stopping or has ended
 */
export async function stopExecution(sagemaker: SageMakerClient, arn: string, clock: Clock): Promise<boolean> {
  const token = randomUUID();
  return within(clock, longestStop, async (abortSignal) => {
    try {
      while (!(await askToStop(sagemaker, arn, token, abortSignal))) await clock.sleep(500, abortSignal);
      return true;
    } catch {
      // AWS rejected the call, or the time is over.
      return false;
    }
  });
}

/**
 * Runs `work` on a running execution, and stops the execution when the watch's signal is aborted.
 *
 * @throws the error of `work`
 */
export async function stoppedAtAbort<Result>(
  { sagemaker, clock, signal, onWarning }: Watch,
  arn: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    if (signal.aborted) {
      onWarning?.("Stopping the execution ...");
      if (!(await stopExecution(sagemaker, arn, clock)))
        onWarning?.(
          `The execution could not be stopped and is still running: ${arn}. Stop it, or follow it again with --execution ${arn}.`,
        );
    }
    throw error;
  }
}
