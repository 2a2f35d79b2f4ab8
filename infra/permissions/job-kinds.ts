import type { PipelineDefinition } from "../../pipelines/sagemaker/definition.ts";
import { definitionSteps } from "./definition-steps.ts";
import { logsOf } from "./step-permissions.ts";

/** The kinds of jobs that a definition's steps run, as their log groups and metrics are named: `TrainingJobs`. */
export function jobKinds(definition: PipelineDefinition): readonly string[] {
  return [...new Set(definitionSteps(definition).flatMap(({ Type }) => logsOf(Type) ?? []))];
}
