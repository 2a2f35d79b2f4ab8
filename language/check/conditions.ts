import type { Quotas } from "../../service-model/limits.ts";
import type { Condition } from "../expressions/condition.ts";
import type { ConditionStep } from "../steps/step.ts";
import { raise } from "./names.ts";
import type { Problem } from "./problem.ts";

/** Conditions that hold or fail whatever is compared, for want of anything to compare with. */
function emptyProblems(path: string, condition: Condition): readonly Problem[] {
  switch (condition.type) {
    case "In":
      return condition.values.length > 0
        ? []
        : [{ path: `${path}.Values`, message: "is empty; give at least one value" }];
    case "Not":
      return emptyProblems(`${path}.Condition`, condition.condition);
    case "Or":
      if (condition.conditions.length === 0)
        return [{ path: `${path}.Conditions`, message: "is empty; give at least one condition" }];
      return condition.conditions.flatMap((each, index) => emptyProblems(`${path}.Conditions[${index}]`, each));
    default:
      return [];
  }
}

function count(conditions: readonly Condition[]): number {
  let total = 0;
  for (const each of conditions) {
    total += 1;
    if (each.type === "Not") total += count([each.condition]);
    if (each.type === "Or") total += count(each.conditions);
  }
  return total;
}

/** A condition step: that it has conditions, and how many conditions and steps. */
export function conditionProblems(step: ConditionStep, quotas: Quotas): readonly Problem[] {
  const path = `Steps.${step.name}.Arguments`;
  const { conditions, ifSteps = [], elseSteps = [] } = step;
  const tooMany = (member: string, found: number, quota: "conditions" | "ifSteps" | "elseSteps") =>
    found <= quotas[quota]
      ? []
      : [{ path: `${path}.${member}`, message: `are ${found}; SageMaker takes ${quotas[quota]}; ${raise(quota)}` }];
  return [
    ...(conditions.length > 0
      ? []
      : [{ path: `${path}.Conditions`, message: "is empty; give at least one condition, or take the step away" }]),
    ...conditions.flatMap((condition, index) => emptyProblems(`${path}.Conditions[${index}]`, condition)),
    ...tooMany("Conditions", count(conditions), "conditions"),
    ...tooMany("IfSteps", ifSteps.length, "ifSteps"),
    ...tooMany("ElseSteps", elseSteps.length, "elseSteps"),
  ];
}
