import type { PipelineDefinition } from "../service-model/definition.ts";
import { checkPipeline, PipelineProblems } from "./check/check-pipeline.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { renderPipeline } from "./pipeline/render-pipeline.ts";

/**
 * Returns the definition document of a pipeline. It does not depend on the clock or the machine, so equal pipelines
 * have equal documents.
 *
 * @throws PipelineProblems if `checkPipeline` reports problems
 */
export function renderDefinition(pipeline: Pipeline): PipelineDefinition {
  const definition = renderPipeline(pipeline);
  const problems = checkPipeline(pipeline, definition);
  if (problems.length > 0) throw new PipelineProblems(pipeline.name, problems);
  return definition;
}
