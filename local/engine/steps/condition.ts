import { isList } from "../../../service-model/property-path.ts";
import { holds } from "../expressions/condition.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a condition step. Its outcome is `True` if all of its conditions hold. */
export function runCondition(run: StepRun): StepEnd {
  run.started();
  const conditions = run.arguments["Conditions"] ?? [];
  if (!isList(conditions)) throw new Error("Conditions must be a list");
  const Outcome = conditions.every(holds) ? "True" : "False";
  return { status: "Succeeded", metadata: { Condition: { Outcome } }, properties: { Outcome } };
}
