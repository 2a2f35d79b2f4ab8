import type { AwsClients } from "../../aws/clients.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import { type KnownExecution, readParameters } from "../execution/known-executions.ts";
import type { PreparedExecution } from "../execution/prepare-execution.ts";
import type { GivenThresholds } from "./threshold-options.ts";

/** The values that a chosen execution was started with. */
export interface StartedWith {
  readonly execution: KnownExecution;
  readonly parameters: Readonly<Record<string, string>>;
  /** The ceiling of the pipeline's own condition, if it is known. */
  readonly ceiling: number | undefined;
  /** The thresholds that it was started with or last judged by. */
  readonly thresholds: GivenThresholds;
}

/**
 * Reads the values that an existing execution was started with, such as the ceiling of the pipeline's own condition. Returns
 * undefined for an execution of the command's own identity, which has the command's values.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function startedWith(
  { sagemaker }: AwsClients,
  gate: GateOutputs,
  { options, chosen }: PreparedExecution,
): Promise<StartedWith | undefined> {
  if (chosen.kind === "start" || options.choice.kind === "own" || options.choice.kind === "from-step") return undefined;
  const { execution } = chosen;
  const parameters = await readParameters(sagemaker, execution.arn);
  const value = Number(parameters[gate.ceilingParameter] ?? Number.NaN);
  const ceiling = Number.isFinite(value) ? value : undefined;
  return { execution, parameters, ceiling, thresholds: { ceiling, ...execution.note?.thresholds } };
}
