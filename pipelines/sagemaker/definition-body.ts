import { PipelineProblems } from "./check/check-pipeline.ts";
import type { PipelineDefinition } from "./definition.ts";
import type { Pipeline } from "./pipeline-model.ts";
import { renderDefinition } from "./render.ts";
import { limits } from "./service/limits.ts";

/** What no text of a definition has around a number: a code point that Unicode keeps free of meaning. */
const mark = "\uFDD0";

function marked(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${mark}${value}${mark}` : value;
}

/** A definition as text, for people with `indent` spaces on each level. A `bigint` is written as the number it is. */
export function definitionText(definition: PipelineDefinition, indent?: number): string {
  try {
    return JSON.stringify(definition, undefined, indent);
  } catch {
    // JSON.stringify takes no bigint, and with a function that makes something else of it three times as long.
    const text = JSON.stringify(definition, marked, indent);
    return text.replace(new RegExp(`"${mark}(-?\\d+)${mark}"`, "g"), "$1");
  }
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
