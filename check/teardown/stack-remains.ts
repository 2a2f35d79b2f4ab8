import { type AwsClients, awsClients } from "../../aws/clients.ts";
import type { OwnNames } from "./own-names.ts";
import { deleteModels, registeredModels } from "./registered-models.ts";
import { endExecutions, runningExecutions } from "./running-executions.ts";

/** The wait for stopped executions to end, in milliseconds. A job may take two minutes, and other executions may start. */
const stopTimeout = 15 * 60_000;

/** The executions and models because of which AWS would not delete a stack's pipelines and model package groups. */
export interface StackRemains {
  /** The ARNs of the executions that have not ended. */
  readonly executions: readonly string[];
  /** The ARNs of the models in the stack's own groups. */
  readonly models: readonly string[];
}

async function modelsOf({ sagemaker }: AwsClients, { groups }: OwnNames): Promise<readonly string[]> {
  return (await Promise.all(groups.map((group) => registeredModels(sagemaker, group)))).flat();
}

/**
 * Lists the running executions and the registered models of a stack.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function stackRemains(region: string, own: OwnNames): Promise<StackRemains> {
  const clients = awsClients(region);
  const executions = await runningExecutions(clients.sagemaker, own.pipelines);
  return {
    executions: executions.map(({ PipelineExecutionArn = "" }) => PipelineExecutionArn),
    models: await modelsOf(clients, own),
  };
}

/**
 * Stops the executions of a stack, waits for their end, and then deletes its models. The models come last because a running
 * execution may still register one.
 *
 * @throws ExitError (4) if executions do not end in time, (6) if an AWS call fails; the reason of `signal` when it is aborted
 */
export async function removeRemains(
  region: string,
  own: OwnNames,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<void> {
  const clients = awsClients(region);
  const { sagemaker, clock, isLocal } = clients;
  await endExecutions({
    ...{ sagemaker, clock, pipelineNames: own.pipelines, signal },
    ...{ deadline: clock.now() + stopTimeout, interval: isLocal ? 250 : 5000 },
    onStopping: (arn) => print(`Stopping ${arn}`),
  });
  await deleteModels(sagemaker, await modelsOf(clients, own), signal);
}
