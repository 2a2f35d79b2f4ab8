import { checkPipeline, PipelineProblems } from "../../language/check/check-pipeline.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { defaultQuotas, limits, type Quotas } from "../../service-model/limits.ts";
import type { ServiceModel } from "../../service-model/service-model.ts";
import { graphOf } from "./graph.ts";
import { stepViolations } from "./step-violations.ts";

/** How CreatePipeline begins what it says against a definition. */
const refusal = "Unable to parse pipeline definition.";

/** An account has as much here as it wants: AWS raises quotas on request. */
const quotas = Object.fromEntries(Object.keys(defaultQuotas).map((name) => [name, Number.MAX_SAFE_INTEGER])) as Quotas;

/** A definition from its text, which is taken to be one. */
export function parseDefinition(text: string): PipelineDefinition {
  const document: PipelineDefinition = JSON.parse(text);
  return { ...document, Metadata: document.Metadata ?? {}, Parameters: document.Parameters ?? [] };
}

/**
 * Holds a definition against what SageMaker takes: by the rules of the pipeline language, which are the service's, and by
 * the service's own model for what steps ask for.
 *
 * @throws Error with everything that is wrong, on one line
 */
export function checkDefinition(text: string, model: ServiceModel): void {
  const longest = limits.definitionCharacters;
  if (text.length > longest) throw new Error(`Pipeline definition has ${text.length} characters, at most ${longest}`);
  const problems = languageProblems(text);
  if (problems.length > 0) throw new Error(`${refusal} ${problems.join("; ")}`);
  const violations = graphOf(parseDefinition(text)).flatMap(({ step }) =>
    stepViolations(model, step.Type, step.Arguments),
  );
  if (violations.length > 0) throw new Error(`${refusal} Model Validation failed: ${violations.join("; ")}`);
}

function languageProblems(text: string): readonly string[] {
  return problemsOf(text).map(({ path, message }) => `${path}: ${message}`);
}

function problemsOf(text: string) {
  try {
    return checkPipeline(readDefinition(text, { name: "definition", quotas }));
  } catch (error) {
    if (error instanceof PipelineProblems) return error.problems;
    throw error;
  }
}
