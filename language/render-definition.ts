import type { PipelineDefinition } from "../service-model/definition.ts";
import { checkPipeline, PipelineProblems } from "./check/check-pipeline.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { renderPipeline } from "./pipeline/render-pipeline.ts";

/**
 * Returns the definition document of a pipeline. Nothing in it depends on the clock, the machine or the order of a hash map.
 *
 * @throws PipelineProblems with everything that `checkPipeline` reports
 */
export function renderDefinition(pipeline: Pipeline): PipelineDefinition {
  const definition = renderPipeline(pipeline);
  const problems = checkPipeline(pipeline, definition);
  if (problems.length > 0) throw new PipelineProblems(pipeline.name, problems);
  return definition;
}
