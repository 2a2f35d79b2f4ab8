import type { PipelineDefinition } from "../service-model/definition.ts";
import { jsonText } from "../service-model/exact-json.ts";
import { limits } from "../service-model/limits.ts";
import { PipelineProblems } from "./check/check-pipeline.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { renderDefinition } from "./render-definition.ts";

/** A definition as text, for people with `indent` spaces on each level. */
export function definitionText(definition: PipelineDefinition, indent?: number): string {
  return jsonText(definition, indent);
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
