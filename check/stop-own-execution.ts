import { aws } from "../aws/error.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { isUnfinished } from "./execution/known-executions.ts";
import { prepareExecution } from "./execution/prepare-execution.ts";
import { stopExecution } from "./execution/stop-execution.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { checkParameters } from "./gate/check-parameters.ts";

/**
 * Stops the execution that a check with the same options would follow, if it is running. The final job of a cancelled workflow
 * uses it, because the job that was cancelled may have ended before it could stop the execution.
 *
 * @throws ExitError (6) if the execution cannot be stopped; otherwise as {@link prepareExecution}
 */
export async function stopOwnExecution(options: CheckOptions): Promise<void> {
  const { clients, pipeline, print } = options;
  const parameters = checkParameters(options);
  const { chosen } = await prepareExecution({ ...options, purpose: "check-stack", parameters });
  if (chosen.kind !== "attach" || !isUnfinished(chosen.execution)) {
    print(`No execution of ${pipeline.name} is running for this check.`);
    return;
  }
  const { arn } = chosen.execution;
  const isStopping = await aws(`Stopping ${arn}`, () => stopExecution(clients.sagemaker, arn, clients.clock));
  if (!isStopping) throw new ExitError(exitCode.aws, `${arn} could not be stopped and is still running; stop it.`);
  print(`Stopped ${arn}.`);
}
