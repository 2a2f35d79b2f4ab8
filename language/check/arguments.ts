import { limits, type Quotas } from "../../service-model/limits.ts";
import { madeBy, stepTypeFacts } from "../../service-model/step-types.ts";
import type { JobStep } from "../steps/step.ts";
import { ArgumentCheck } from "./argument-check.ts";
import { at } from "./declared-names.ts";
import { checkJobArguments } from "./job-arguments.ts";
import { type Problem, shown } from "./problem.ts";

/** Returns the problems with a step's request, as far as its values are known before the execution. */
export function argumentProblems(step: JobStep, quotas: Quotas): readonly Problem[] {
  const facts = stepTypeFacts(step.type);
  if (facts === undefined)
    return [
      {
        path: `Steps.${step.name}.Type`,
        message: `is ${shown(step.type)}, a step type that this language does not know`,
      },
    ];
  const check = new ArgumentCheck(step, quotas);
  const made = madeBy(step.type);
  if (made !== undefined) {
    checkJobArguments(made.kind, check);
    check.jobName(made.nameMember);
  }
  if (facts.oneOf !== undefined) check.oneOf(...facts.oneOf);
  check.atMost("Tags", limits.tags);
  check.namedOnce("Tags", "Key", "tag");
  for (const key of facts.required ?? [])
    if (at({ Arguments: step.arguments, ...step.members }, key) === undefined)
      check.problems.push({ path: `Steps.${step.name}.${key}`, message: `is missing; ${step.type} steps need it` });
  return check.problems;
}
