import { projectNameId } from "./configuration/project-name.ts";
import { selectedPipelines } from "./configuration/selected-pipelines.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import type { AdoptedNames } from "./stack-names.ts";

/** Returns the names that a configuration gives: those of existing resources, and those it chooses for pipelines. */
export function adoptedNames(configuration: StackConfiguration, pipelineNames: readonly string[]): AdoptedNames {
  const named = selectedPipelines(configuration, pipelineNames).flatMap((folder) => {
    const own = Object.hasOwn(configuration.pipelines, folder) ? configuration.pipelines[folder] : undefined;
    const name = own?.name ?? projectNameId(configuration);
    return name === undefined ? [] : [[folder, name] as const];
  });
  return {
    bucket: configuration.artifactBucket,
    roleArn: configuration.sagemakerPipelineRoleArn,
    pipelines: Object.fromEntries(named),
    modelPackageGroups: Object.fromEntries(
      Object.entries(configuration.pipelines).flatMap(([folder, { modelPackageGroup }]) =>
        modelPackageGroup === undefined ? [] : [[folder, modelPackageGroup] as const],
      ),
    ),
  };
}
