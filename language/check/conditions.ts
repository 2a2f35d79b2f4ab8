import type { Quotas } from "../../service-model/limits.ts";
import type { Condition } from "../expressions/condition.ts";
import type { ConditionStep } from "../steps/step.ts";
import { raise } from "./names.ts";
import type { Problem } from "./problem.ts";

/** Returns a problem for each empty list of values or conditions in a condition. */
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

function conditionCount(conditions: readonly Condition[]): number {
  let total = 0;
  for (const each of conditions) {
    total += 1;
    if (each.type === "Not") total += conditionCount([each.condition]);
    if (each.type === "Or") total += conditionCount(each.conditions);
  }
  return total;
}

/** Returns the problems with a Condition step: missing conditions, and more conditions or steps than the quotas. */
export function conditionProblems(step: ConditionStep, quotas: Quotas): readonly Problem[] {
  const path = `Steps.${step.name}.Arguments`;
  const { conditions, ifSteps = [], elseSteps = [] } = step;
  const tooMany = (member: string, count: number, quota: "conditions" | "ifSteps" | "elseSteps") =>
    count <= quotas[quota]
      ? []
      : [{ path: `${path}.${member}`, message: `are ${count}; SageMaker accepts ${quotas[quota]}; ${raise(quota)}` }];
  return [
    ...(conditions.length > 0
      ? []
      : [{ path: `${path}.Conditions`, message: "is empty; give at least one condition, or remove the step" }]),
    ...conditions.flatMap((condition, index) => emptyProblems(`${path}.Conditions[${index}]`, condition)),
    ...tooMany("Conditions", conditionCount(conditions), "conditions"),
    ...tooMany("IfSteps", ifSteps.length, "ifSteps"),
    ...tooMany("ElseSteps", elseSteps.length, "elseSteps"),
  ];
}
