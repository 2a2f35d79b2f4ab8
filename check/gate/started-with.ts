import type { AwsClients } from "../../aws/clients.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { type KnownExecution, parametersOf } from "../execution/known-executions.ts";
import type { PreparedExecution } from "../execution/prepare-execution.ts";
import type { GivenThresholds } from "./threshold-options.ts";

/** What an execution that somebody chose was started with. */
export interface StartedWith {
  readonly execution: KnownExecution;
  readonly parameters: Readonly<Record<string, string>>;
  /** The ceiling that the pipeline itself refuses by, if it is known. */
  readonly ceiling: number | undefined;
  /** What it is judged by: what it was started with, or what it was last judged by. */
  readonly thresholds: GivenThresholds;
}

/**
 * What the execution of a run was started with, where it was there before: its ceiling is the one that the pipeline itself
 * refused by. One that is the run's own by its identity has the run's values, and nothing is asked.
 *
 * @throws ExitError (6) if AWS cannot be asked
 */
export async function startedWith(
  { sagemaker }: AwsClients,
  gate: PipelineOutputs["gate"],
  { options, chosen }: PreparedExecution,
): Promise<StartedWith | undefined> {
  if (chosen.kind === "start" || options.choice.kind === "own" || options.choice.kind === "from-step") return undefined;
  const { execution } = chosen;
  const parameters = await parametersOf(sagemaker, execution.arn);
  const value = Number(parameters[gate.ceilingParameter] ?? Number.NaN);
  const ceiling = Number.isFinite(value) ? value : undefined;
  return { execution, parameters, ceiling, thresholds: { ceiling, ...execution.note?.thresholds } };
}
