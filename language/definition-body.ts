import type { PipelineDefinition } from "../service-model/definition.ts";
import { jsonText } from "../service-model/exact-json.ts";
import { limits } from "../service-model/limits.ts";
import { PipelineProblems } from "./check/check-pipeline.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { renderDefinition } from "./render-definition.ts";

/** Returns a definition as JSON text, indented by `indent` spaces if given. */
export function definitionText(definition: PipelineDefinition, indent?: number): string {
  return jsonText(definition, indent);
}

/**
 * Returns the definition of a pipeline for `CreatePipeline`: JSON text of at most 1,048,576 characters.
 *
 * @throws PipelineProblems if `checkPipeline` reports problems or the text is too long
 */
export function definitionBody(pipeline: Pipeline): string {
  const body = definitionText(renderDefinition(pipeline));
  if (body.length > limits.definitionCharacters)
    throw new PipelineProblems(pipeline.name, [
      {
        path: "the definition",
        message: `has ${body.length} characters; SageMaker accepts ${limits.definitionCharacters}; divide the pipeline in two`,
      },
    ]);
  return body;
}
