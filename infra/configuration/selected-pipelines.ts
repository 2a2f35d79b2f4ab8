import type { StackConfiguration } from "./stack-configuration.ts";

/** The pipelines that a stack deploys: those that it chooses, else all. */
export function selectedPipelines(
  { onlyPipelines }: Pick<StackConfiguration, "onlyPipelines">,
  pipelineNames: readonly string[],
): readonly string[] {
  return onlyPipelines.length === 0 ? pipelineNames : pipelineNames.filter((name) => onlyPipelines.includes(name));
}
