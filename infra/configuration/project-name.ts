import type { StackConfiguration } from "./stack-configuration.ts";

/** The name of a SageMaker project's pipeline, its group, and what they keep on S3, as the project's repository has it. */
export function projectNameId(configuration: StackConfiguration): string | undefined {
  const { sagemakerProjectName: name, sagemakerProjectId: id, sagemakerProjectNameId } = configuration;
  return sagemakerProjectNameId ?? (name === undefined || id === undefined ? undefined : `${name}-${id}`);
}
