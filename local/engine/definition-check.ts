import { checkPipeline, PipelineProblems } from "../../language/check/check-pipeline.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { defaultQuotas, limits, type Quotas } from "../../service-model/limits.ts";

/** The beginning of CreatePipeline's message about an invalid definition. */
const invalidDefinition = "Unable to parse pipeline definition.";

/** Quotas that are never reached, because AWS raises an account's quotas on request. */
const quotas = Object.fromEntries(Object.keys(defaultQuotas).map((name) => [name, Number.MAX_SAFE_INTEGER])) as Quotas;

/** Parses a definition's text without checking it. */
export function parseDefinition(text: string): PipelineDefinition {
  const document: PipelineDefinition = JSON.parse(text);
  return { ...document, Metadata: document.Metadata ?? {}, Parameters: document.Parameters ?? [] };
}

/**
 * Checks a definition as CreatePipeline does: by the rules of the pipeline language, and each step's arguments by
 * SageMaker's API model.
 *
 * @throws Error with all problems on one line
 */
export function checkDefinition(text: string, allow: readonly string[] = []): void {
  const longest = limits.definitionCharacters;
  if (text.length > longest) throw new Error(`Pipeline definition has ${text.length} characters, at most ${longest}`);
  const problems = languageProblems(text, allow);
  if (problems.length > 0) throw new Error(`${invalidDefinition} ${problems.join("; ")}`);
}

function languageProblems(text: string, allow: readonly string[]): readonly string[] {
  return problemsOf(text, allow).map(({ path, message }) => `${path}: ${message}`);
}

function problemsOf(text: string, allow: readonly string[]) {
  try {
    return checkPipeline(readDefinition(text, { name: "definition", quotas, allow }));
  } catch (error) {
    if (error instanceof PipelineProblems) return error.problems;
    throw error;
  }
}
