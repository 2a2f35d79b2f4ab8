import { awsClients } from "../../aws/clients.ts";
import { checkPipelines, type PipelineCheck } from "../../check/check-pipelines.ts";
import { commandOrigin } from "../../check/execution/command-origin.ts";
import { highestExitCode } from "../../check/hand-over.ts";
import type { PendingReport } from "../../check/report/reported.ts";
import { runPipeline } from "../../check/run-pipeline.ts";
import { isGated, type StackOutputs } from "../../stack-outputs.ts";
import { type Gated, gatedPipelines } from "../stack/gated-pipelines.ts";
import { selectPipeline } from "../stack/read-outputs.ts";
import { type DeployedStack, type ExecutionRequest, executionOptions } from "./execution-options.ts";
import { repository } from "./folders.ts";
import { MissingData } from "./input-data.ts";

/** What `npm start` does with the deployed pipelines. */
export interface StartRequest extends ExecutionRequest {
  /** The only pipeline to check, or to run if it has no gate. */
  readonly pipeline?: string | undefined;
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
  return highestExitCode(await checkPipelines(checks, gated.length > 1, pending, print));
}
