import { randomUUID } from "node:crypto";
import { type SageMakerClient, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { type Clock, within } from "../../aws/clock.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import type { Watch } from "./watch.ts";

/** Who asked for the end of a command waits no longer than this, in milliseconds; then it ends anyway. */
const longestStop = 5000;

/**
 * Asks for the end of an execution, once. One that is over, or gone, needs no more.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html
 *
 * @returns whether it ends, or has ended; false where it cannot be stopped at this moment, between two of its steps
 * @throws the SDK's error where AWS refuses otherwise
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
 * Asks for the end of an execution. Between two steps the service answers with a conflict, so it is asked again, with the
 * same token and for at most 5 s; an execution that is over already is no error.
 *
 * @returns whether the execution ends, or has ended
 */
export async function stopExecution(sagemaker: SageMakerClient, arn: string, clock: Clock): Promise<boolean> {
  const token = randomUUID();
  return within(clock, longestStop, async (abortSignal) => {
    try {
      while (!(await askToStop(sagemaker, arn, token, abortSignal))) await clock.sleep(500, abortSignal);
      return true;
    } catch {
      // AWS refuses, or the time is over.
      return false;
    }
  });
}

/**
 * Does work about an execution that runs; when the watch's signal is aborted, the execution is stopped.
 *
 * @throws what the work throws
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
          `It could not be stopped and still runs: ${arn}. Stop it, or follow it again with --execution ${arn}.`,
        );
    }
    throw error;
  }
}
