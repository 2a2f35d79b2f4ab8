import type { StackConfiguration } from "./stack-configuration.ts";

/** Returns the name that AWS's template gives to a SageMaker project's pipeline, its model package group and its S3 prefix. */
export function projectNameId(configuration: StackConfiguration): string | undefined {
  const { sagemakerProjectName: name, sagemakerProjectId: id, sagemakerProjectNameId } = configuration;
  return sagemakerProjectNameId ?? (name === undefined || id === undefined ? undefined : `${name}-${id}`);
}
