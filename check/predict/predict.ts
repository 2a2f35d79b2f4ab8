import {
  CreateModelCommand,
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DeleteModelCommand,
  type DescribeTransformJobResponse,
} from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { within } from "../../aws/clock.ts";
import { aws, mayHaveActed } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { logGroup } from "../../service-model/job-kinds.ts";
import { logTail } from "../execution/job-log.ts";
import { pollTimes } from "../execution/poll-times.ts";
import { endedTransform, stopTransform } from "./transform-job.ts";
import { modelRequest, type Prediction, predictionsUri, transformRequest } from "./transform-request.ts";

export interface PredictOptions {
  readonly clients: AwsClients;
  readonly signal: AbortSignal;
  /** How long to wait for the transform job, in milliseconds. */
  readonly timeout: number;
  readonly print: (line: string) => void;
}

/** The longest time for each call that cleans up, in milliseconds: a command that was interrupted has 7 s in all. */
const longestCall = 3000;

/**
 * Runs a Create call. Its resource has a random name, so one that exists already was created by an attempt of this call whose
 * answer was lost.
 *
 * @param undo called if the call failed, but may have created the resource
 */
async function create(what: string, call: () => Promise<unknown>, undo: () => Promise<void>): Promise<void> {
  try {
    await aws(what, async () => {
      try {
        await call();
      } catch (error) {
        const { name, message } = error as Error;
        if (name !== "ResourceInUse" && !/already existing/.test(message)) throw error;
      }
    });
  } catch (error) {
    if (mayHaveActed((error as Error).cause)) await undo();
    throw error;
  }
}

/** Runs a call that cleans up. Prints the advice if it fails, because its error must not hide another one. */
async function cleanUp(
  { clients, print }: PredictOptions,
  advice: string,
  call: (abortSignal: AbortSignal) => Promise<unknown>,
): Promise<void> {
  try {
    await within(clients.clock, longestCall, call);
  } catch (error) {
    print(`${advice} (${(error as Error).name})`);
  }
}

async function deleteModel(options: PredictOptions, ModelName: string): Promise<void> {
  const advice = `The temporary model could not be deleted. Run: aws sagemaker delete-model --model-name ${ModelName}`;
  await cleanUp(options, advice, async (abortSignal) => {
    const request = new DeleteModelCommand({ ModelName });
    await options.clients.sagemaker.send(request, { abortSignal }).catch((error: Error) => {
      if (!/Could not find model/.test(error.message)) throw error;
    });
  });
}

/** Starts the transform job and waits for its end. Stops it if the wait ends early. */
async function transform(
  options: PredictOptions,
  name: string,
  request: CreateTransformJobCommandInput,
): Promise<DescribeTransformJobResponse> {
  const { clients, signal, timeout, print } = options;
  const { sagemaker, clock, isLocal } = clients;
  const advice = `The transform job could not be stopped. Run: aws sagemaker stop-transform-job --transform-job-name ${name}`;
  const stop = () => cleanUp(options, advice, (abortSignal) => stopTransform(sagemaker, name, abortSignal));
  const command = new CreateTransformJobCommand(request);
  await create(`Starting the transform job ${name}`, () => sagemaker.send(command), stop);
  try {
    print(`Transform job ${name} on ${request.TransformResources?.InstanceType}`);
    const watch = { sagemaker, clock, signal, deadline: clock.now() + timeout, times: pollTimes(isLocal) };
    return await endedTransform({ ...watch, onWarning: print }, name);
  } catch (error) {
    await stop();
    throw error;
  }
}

const rowsAdvice =
  "Check that each row is as the model takes it; the XGBoost algorithm takes only the features, without a header and the label.";

/** Returns the error for a transform job that did not complete, with the end of its log. */
async function failure(clients: AwsClients, job: DescribeTransformJobResponse): Promise<ExitError> {
  const { TransformJobName: name, TransformJobStatus: status = "", FailureReason: reason } = job;
  const log = await logTail(clients, async () => ({ group: logGroup("TransformJobs"), job: name }));
  return new ExitError(
    exitCode.executionFailed,
    [
      `The transform job ${name} ${status.toLowerCase()}${reason === undefined ? "" : `: ${reason.split("\n")[0]}`}`,
      ...(log.length === 0 ? [] : ["  the end of its log:", ...log.map((line) => `    ${line}`)]),
      ...(status === "Failed" ? [rowsAdvice] : []),
    ].join("\n"),
  );
}

/**
 * Predicts with a registered model: creates a temporary model from the model package, and runs a transform job with it. Always
 * deletes the temporary model, and stops the job if it does not end itself.
 *
 * @returns the S3 URI of the predictions
 * @throws ExitError (2) for a model that does not take CSV, (3) if the job fails or is stopped, (4) at the deadline, (6) if an
 *   AWS call fails
 */
export async function predict(options: PredictOptions, prediction: Prediction): Promise<string> {
  const { clients } = options;
  const job = await transformOfTemporaryModel(options, prediction);
  if (job.TransformJobStatus !== "Completed") throw await failure(clients, job);
  return predictionsUri(prediction);
}

/** Creates the temporary model, runs the transform job, and deletes the model. */
async function transformOfTemporaryModel(
  options: PredictOptions,
  prediction: Prediction,
): Promise<DescribeTransformJobResponse> {
  const { clients, signal } = options;
  const { name } = prediction;
  const request = transformRequest(prediction);
  const command = new CreateModelCommand(modelRequest(prediction));
  const remove = () => deleteModel(options, name);
  await create(`Creating the temporary model ${name}`, () => clients.sagemaker.send(command), remove);
  try {
    signal.throwIfAborted();
    return await transform(options, name, request);
  } finally {
    await remove();
  }
}
