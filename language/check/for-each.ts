import { limits } from "../../service-model/limits.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import { type IterationOutput, isExpression } from "../expressions/expression.ts";
import type { PipelineIndex } from "../pipeline/pipeline-index.ts";
import type { ForEachStepData } from "../steps/step.ts";
import { type ExpressionTypes, spelled } from "./expression-type.ts";
import { type Problem, shown } from "./problem.ts";

/** The types whose values cannot be a list, and those that cannot be compared. */
const notLists = new Set(["Integer", "Float", "Boolean", "Timestamp", "Structure"]);
const notNumbers = new Set(["String", "Boolean", "Timestamp", "Structure", "List", "Map"]);

/** Returns the problem with an expression whose value has one of these types. */
function typeProblem(
  value: unknown,
  path: string,
  types: ExpressionTypes,
  wrong: ReadonlySet<string>,
  right: string,
): readonly Problem[] {
  const type = isExpression(value) ? types.typeOf(value) : undefined;
  if (!isExpression(value) || type === undefined || !wrong.has(type)) return [];
  const message = `cannot assign property reference [${spelled(value)}] of type ${type} to argument of type [${right}]`;
  return [{ path, message }];
}

function stepProblems(step: ForEachStepData, types: ExpressionTypes): readonly Problem[] {
  const path = `Steps.${step.name}.Arguments`;
  const { items, maxConcurrency, selector, steps } = step;
  const problems: Problem[] = [];
  const most = limits.forEachConcurrency;
  if (!Number.isInteger(maxConcurrency) || maxConcurrency < 1 || maxConcurrency > most)
    problems.push({
      path: `${path}.MaxConcurrency`,
      message: `is ${shown(maxConcurrency)}; give a whole number from 1 to ${most}`,
    });
  if (Array.isArray(items) && (items.length < 1 || items.length > limits.forEachItems))
    problems.push({
      path: `${path}.IterableItems`,
      message: `are ${items.length}; give 1 to ${limits.forEachItems}, or an expression with a JSON list`,
    });
  if (!Array.isArray(items) && !isExpression(items))
    problems.push({
      path: `${path}.IterableItems`,
      message: `is ${shown(items)}; give a list, or an expression with a JSON list`,
    });
  problems.push(...typeProblem(items, `${path}.IterableItems`, types, notLists, "List"));
  if (steps.length === 0) problems.push({ path: `${path}.ForEachBody`, message: "is empty; give at least one step" });
  for (const { name, type } of steps)
    if (stepTypeFacts(type)?.notInForEach)
      problems.push({
        path: `${path}.ForEachBody`,
        message: `has the ${type} step ${name}; a body cannot contain Condition, Fail or ForEach steps`,
      });
  if (selector !== undefined) {
    const { step: named, path: member } = selector.field as Partial<IterationOutput>;
    if (!steps.some(({ name }) => name === named) || member === undefined || member === "")
      problems.push({
        path: `${path}.Selector.Field`,
        message: "must be a value of a body step, such as its OutputParameters['score']",
      });
    problems.push(...typeProblem(selector.field, `${path}.Selector.Field`, types, notNumbers, "Float"));
  }
  return problems;
}

/** Returns the problems with ForEach steps: items, bodies, and names that SageMaker uses for iterations. */
export function forEachProblems({ steps }: PipelineIndex, types: ExpressionTypes): readonly Problem[] {
  const bodies = new Set(
    steps.filter(({ containers }) => containers.at(-1)?.part === "body").map(({ step }) => step.name),
  );
  if (bodies.size === 0)
    return steps.flatMap(({ step }) => (step.kind === "for-each" ? stepProblems(step, types) : []));
  return steps.flatMap(({ step }) => {
    const child = /^(.+)-\d+$/.exec(step.name)?.[1];
    return [
      ...(step.kind === "for-each" ? stepProblems(step, types) : []),
      ...(child !== undefined && bodies.has(child)
        ? [
            {
              path: `Steps.${step.name}`,
              message: `has the name that SageMaker gives an iteration of the step ${child}; rename it`,
            },
          ]
        : []),
    ];
  });
}
