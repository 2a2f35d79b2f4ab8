import { defaultQuotas } from "../../service-model/limits.ts";
import { stepGraph } from "../../service-model/step-graph.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { indexPipeline } from "../pipeline/pipeline-index.ts";
import { renderPipeline } from "../pipeline/render-pipeline.ts";
import { argumentProblems, memberProblems } from "./arguments.ts";
import { cacheAndRetryProblems } from "./cache-and-retry-problems.ts";
import { conditionProblems } from "./conditions.ts";
import { cycleProblems } from "./cycles.ts";
import { ExpressionTypes } from "./expression-type.ts";
import { forEachProblems } from "./for-each.ts";
import { nameProblems } from "./names.ts";
import { offerProblems } from "./offers.ts";
import { parameterProblems } from "./parameters.ts";
import type { Problem } from "./problem.ts";
import { propertyFileProblems } from "./property-files.ts";
import { referenceProblems } from "./references.ts";

/** An error with all problems of a pipeline. */
export class PipelineProblems extends Error {
  override readonly name = "PipelineProblems";
  readonly problems: readonly Problem[];

  constructor(pipeline: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${onOneLine(path)}: ${message}`);
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    super(`pipeline ${pipeline} has ${count}:\n${lines.join("\n")}`);
    this.problems = problems;
  }
}

/** Returns a path on one line, because the names in it may contain line breaks. */
function onOneLine(path: string): string {
  return path.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/**
 * Checks a pipeline without calling AWS. Returns the mistakes that SageMaker would reject, or that would make it execute
 * the pipeline differently than intended. The time is linear in the size of the pipeline.
 *
 * @param definition the rendered pipeline, if the caller has it already
 */
export function checkPipeline(pipeline: Pipeline, definition = renderPipeline(pipeline)): readonly Problem[] {
  const index = indexPipeline(pipeline);
  const quotas = { ...defaultQuotas, ...pipeline.quotas };
  const rules = { types: new ExpressionTypes(index), allowed: new Set(pipeline.allow) };
  const problems: Problem[] = [];
  const add = (more: readonly Problem[]) => {
    for (const problem of more) problems.push(problem);
  };
  add(nameProblems(index, quotas));
  add(parameterProblems(pipeline.parameters, quotas));
  for (const { step } of index.steps) {
    if (step.kind === "job") {
      add(argumentProblems(step, rules));
      add(offerProblems(step));
    }
    if (step.kind === "condition") add(conditionProblems(step, quotas));
    add(memberProblems(step, rules));
    add(cacheAndRetryProblems(step));
  }
  add(forEachProblems(index, rules.types));
  add(propertyFileProblems(index, quotas));
  add(referenceProblems(index));
  add(cycleProblems(stepGraph(definition)));
  return problems;
}
