import { parse, stringify } from "lossless-json";
import { PipelineProblems } from "./check/check-pipeline.ts";
import type { Json, PipelineDefinition } from "./definition.ts";
import type { Pipeline } from "./pipeline-model.ts";
import { renderDefinition } from "./render.ts";
import { limits } from "./service/limits.ts";

/** A number as the double it is, or as a `bigint` if it is a whole number that no double holds exactly. */
function number(text: string): number | bigint {
  const value = Number(text);
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(value) ? BigInt(text) : value;
}

/**
 * JSON as a value in which no whole number is rounded.
 *
 * @throws SyntaxError that says where the text is no JSON
 */
export function parseJson(text: string): Json {
  return parse(text, undefined, { parseNumber: number }) as Json;
}

/** A definition as text, for people with `indent` spaces on each level. */
export function definitionText(definition: PipelineDefinition, indent?: number): string {
  return stringify(definition, undefined, indent) as string;
}

/**
 * The definition of a pipeline as `CreatePipeline` takes it: a JSON text of at most 1,048,576 characters.
 *
 * @throws PipelineProblems with everything that `checkPipeline` found, or that the text is too long
 */
export function definitionBody(pipeline: Pipeline): string {
  const body = definitionText(renderDefinition(pipeline));
  if (body.length > limits.definitionCharacters)
    throw new PipelineProblems(pipeline.name, [
      {
        path: "the definition",
        message: `has ${body.length} characters; SageMaker takes ${limits.definitionCharacters}: divide the pipeline in two`,
      },
    ]);
  return body;
}
