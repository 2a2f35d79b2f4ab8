import { refusedMembers } from "../../service-model/refused-members.ts";
import { filledInMembers, stepShapesOf } from "../../service-model/step-shapes.ts";
import { madeBy, stepTypeFacts } from "../../service-model/step-types.ts";
import type { JobStep, Step } from "../steps/step.ts";
import { ArgumentCheck } from "./argument-check.ts";
import { at } from "./declared-names.ts";
import type { ExpressionTypes } from "./expression-type.ts";
import { checkJobArguments } from "./job-arguments.ts";
import { type Problem, shown } from "./problem.ts";
import { shapeProblems } from "./shape-problems.ts";

/** The rules for checking the arguments of steps. */
export interface ArgumentRules {
  readonly types: ExpressionTypes;
  /** Names of members and values that the pipeline's author allows although the service model does not have them. */
  readonly allowed: ReadonlySet<string>;
}

/** Returns the problems with what a step has beside its `Arguments`. */
export function memberProblems({ name, type, members }: Step, rules: ArgumentRules): readonly Problem[] {
  if (members === undefined || stepTypeFacts(type) === undefined) return [];
  return shapeProblems(members, stepShapesOf(type).members, `Steps.${name}`, { ...rules, filledIn: new Set() });
}

/** Returns the problems with a step's request, as far as its values are known before the execution. */
export function argumentProblems(step: JobStep, rules: ArgumentRules): readonly Problem[] {
  const facts = stepTypeFacts(step.type);
  if (facts === undefined)
    return [
      {
        path: `Steps.${step.name}.Type`,
        message: `is ${shown(step.type)}, a step type that this language does not know`,
      },
    ];
  const check = new ArgumentCheck(step);
  const made = madeBy(step.type);
  const shape = stepShapesOf(step.type).arguments;
  if (shape !== undefined) {
    const filledIn = filledInMembers(step.type);
    const path = `Steps.${step.name}.Arguments`;
    check.problems.push(...shapeProblems(step.arguments, shape, path, { ...rules, filledIn }));
  }
  for (const refused of refusedMembers[step.type] ?? []) {
    const name = refused.split(".").at(-1) ?? refused;
    if (check.value(refused) !== undefined && !rules.allowed.has(name))
      check.report(
        refused,
        `Unknown Argument member '${name}'; AWS's request has it, but pipelines do not take it: leave it out`,
      );
  }
  if (made !== undefined) checkJobArguments(made.kind, check);
  if (facts.oneOf !== undefined) check.oneOf(...facts.oneOf);
  check.namedOnce("Tags", "Key", "tag");
  for (const key of facts.required ?? [])
    if (at({ Arguments: step.arguments, ...step.members }, key) === undefined)
      check.problems.push({ path: `Steps.${step.name}.${key}`, message: `is missing; ${step.type} steps need it` });
  return check.problems;
}
