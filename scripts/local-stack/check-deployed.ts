import { type AwsClients, awsClients } from "../../aws/clients.ts";
import { checkPipelines, type PipelineCheck } from "../../check/check-pipelines.ts";
import { type CommandOrigin, commandOrigin } from "../../check/execution/command-origin.ts";
import type { PendingReport } from "../../check/report/reported.ts";
import { runPipeline } from "../../check/run-pipeline.ts";
import { defined } from "../../service-model/defined.ts";
import { isGated, type PipelineOutputs, type StackOutputs } from "../../stack-outputs.ts";
import { uploadData } from "../data/upload.ts";
import { type Gated, gatedPipelines } from "../stack/gated-pipelines.ts";
import { selectPipeline } from "../stack/read-outputs.ts";
import { repository } from "./folders.ts";
import { type GivenData, inputData, MissingData } from "./input-data.ts";

/** What `npm start` does with the deployed pipelines. */
export interface StartRequest extends GivenData {
  /** The only pipeline to check, or to run if it has no gate. */
  readonly pipeline?: string | undefined;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** How long a check waits for its execution, in milliseconds. */
const timeout = 60 * 60_000;

/** A deployed stack, and what all executions of one command share. */
interface DeployedStack {
  readonly outputs: StackOutputs;
  readonly clients: AwsClients;
  readonly origin: CommandOrigin;
}

/** Returns the options of an execution of a pipeline. Uploads its data, so that it gets the data's URI as a parameter. */
async function executionOptions(
  { outputs, clients, origin }: DeployedStack,
  folder: string,
  pipeline: PipelineOutputs,
  { print, signal, ...given }: StartRequest,
) {
  const path = await inputData(folder, pipeline, given, { log: print, signal });
  const location = { bucket: outputs.artifactBucket, prefix: pipeline.prefix };
  const InputDataUrl = path === undefined ? undefined : await uploadData(clients.s3, path, location);
  if (InputDataUrl !== undefined) print(`Data ${InputDataUrl}`);
  return {
    ...{ clients, origin, timeout, signal, print },
    parameters: { ...defined({ InputDataUrl }), ...given.parameters },
    choice: { kind: "own" } as const,
  };
}

/** Prepares the checks of pipelines, and prints a line for each one that has no data, unless it is the only one. */
async function checksOf(stack: DeployedStack, gated: readonly Gated[], request: StartRequest) {
  const checks: PipelineCheck[] = [];
  for (const { folder, pipeline } of gated)
    try {
      const options = await executionOptions(stack, folder, pipeline, request);
      checks.push({ folder, options: { ...options, outputs: stack.outputs, pipeline } });
    } catch (error) {
      if (!(error instanceof MissingData) || gated.length === 1) throw error;
      request.print(error.message);
    }
  return checks;
}

/**
 * Checks the deployed pipelines that have a gate, or the named one. Runs the named one without a check if it has no gate.
 *
 * @returns the exit code, the highest one of several checks
 * @throws ExitError (2) if no pipeline has that name, or its data is missing or not suitable
 */
export async function checkDeployed(outputs: StackOutputs, request: StartRequest, pending: PendingReport) {
  const { pipeline: name, print } = request;
  const origin = await commandOrigin(repository, process.env);
  const stack = { outputs, clients: awsClients(outputs.region), origin };
  if (name !== undefined) {
    const pipeline = selectPipeline(outputs, name);
    if (!isGated(pipeline))
      return runPipeline({ ...(await executionOptions(stack, name, pipeline, request)), pipeline });
  }
  const gated = gatedPipelines(outputs, name, print);
  const checks = await checksOf(stack, gated, request);
  return checkPipelines(checks, gated.length > 1, pending, print);
}
