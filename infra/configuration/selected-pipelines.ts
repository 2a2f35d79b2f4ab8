import type { StackConfiguration } from "./stack-configuration.ts";

/** Returns the pipelines that a stack deploys: those in `onlyPipelines`, or all if that is empty. */
export function selectedPipelines(
  { onlyPipelines }: Pick<StackConfiguration, "onlyPipelines">,
  pipelineNames: readonly string[],
): readonly string[] {
  return onlyPipelines.length === 0 ? pipelineNames : pipelineNames.filter((name) => onlyPipelines.includes(name));
}
