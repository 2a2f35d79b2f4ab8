import type { AwsClients } from "../../aws/clients.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import type { Baselines } from "./baseline.ts";
import { parseEvaluation } from "./evaluation.ts";
import { readEvaluation } from "./read-evaluation.ts";

type Gate = PipelineOutputs["gate"];

/** Whether the execution ended where the pipeline itself refuses a model: in the gate's own Fail step, and only there. */
export function endedAtCeiling(execution: EndedExecution, gate: Gate): boolean {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  return (
    execution.status === "Failed" && failed.length > 0 && failed.every(({ StepName }) => StepName === gate.ceilingStep)
  );
}

/** The end of the reason of an evaluation step whose script says that an approved model cannot be scored, by its exit code. */
const notComparable = /, exit code: 5$/;

/**
 * What is wrong with the evaluation of an execution that failed: either its script says that there is nothing to compare with,
 * or the pipeline's own condition reads it first, and fails without naming the key.
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
