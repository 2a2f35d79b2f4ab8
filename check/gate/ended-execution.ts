import type { AwsClients } from "../../aws/clients.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import type { Baselines } from "./baseline.ts";
import { parseEvaluation } from "./evaluation.ts";
import { readEvaluation } from "./read-evaluation.ts";

type Gate = GateOutputs;

/** Tells whether the only failed step is the gate's Fail step, with which the pipeline itself rejects a model. */
export function endedAtCeiling(execution: EndedExecution, gate: Gate): boolean {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  return (
    execution.status === "Failed" && failed.length > 0 && failed.every(({ StepName }) => StepName === gate.ceilingStep)
  );
}

/** Matches the end of a failure reason with the exit code by which the evaluation script says that it cannot score an approved model. */
const notComparable = /, exit code: 5$/;

/**
 * Explains the evaluation problem of a failed execution, if that is the cause: the script could not score an approved model, or
 * the pipeline's condition could not read the evaluation. SageMaker's message does not name the key in that case.
 */
export async function evaluationProblem(
  clients: AwsClients,
  execution: EndedExecution,
  gate: Gate,
  models: Baselines,
): Promise<ExitError | undefined> {
  const step = execution.steps.find(({ StepName }) => StepName === gate.evaluation.step);
  const [reason = ""] = (step?.FailureReason ?? "").split("\n");
  if (notComparable.test(reason))
    return new ExitError(
      exitCode.evaluation,
      `An approved model cannot be scored on the candidate's rows (${reason}): reject it, approve another, or give --baseline ARN.`,
    );
  if (execution.status !== "Failed" || step?.StepStatus !== "Succeeded") return undefined;
  try {
    parseEvaluation((await readEvaluation(clients, execution, gate)).text, gate, models);
  } catch (error) {
    if (error instanceof ExitError && error.code === exitCode.evaluation) return error;
  }
  return undefined;
}
