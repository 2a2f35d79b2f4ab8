import type { PipelineDefinition } from "../../service-model/definition.ts";
import { definitionSteps } from "./definition-steps.ts";
import { logsOf } from "./step-permissions.ts";

/** What a definition's steps run, as its log groups and metrics are named: `TrainingJobs`, `Endpoints`. */
export function loggedKinds(definition: PipelineDefinition): readonly string[] {
  return [...new Set(definitionSteps(definition).flatMap(({ Type }) => logsOf(Type) ?? []))];
}

/** Those of them that log to one group each: the kinds of jobs. */
export function jobKinds(definition: PipelineDefinition): readonly string[] {
  return loggedKinds(definition).filter((kind) => kind.endsWith("Jobs"));
}
