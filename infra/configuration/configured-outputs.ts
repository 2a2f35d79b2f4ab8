import { driftEnvironment } from "./github-configuration.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** Returns what scripts need to know of the configured repository, or null if there is none. */
export function repositoryOutputs({ github }: StackConfiguration) {
  if (github === undefined) return null;
  const { repository, repositoryId, ownerId, environment, branch, stateBackend } = github;
  const backend = stateBackend === undefined ? {} : { stateBackend };
  const drift = driftEnvironment(environment);
  return { repository, repositoryId, ownerId, environment, driftEnvironment: drift, branch, ...backend };
}

/** Returns the configured SageMaker project, or null if the configuration names none. */
export function projectOutputs(configuration: StackConfiguration) {
  const values = {
    name: configuration.sagemakerProjectName,
    id: configuration.sagemakerProjectId,
    arn: configuration.sagemakerProjectArn,
    nameId: configuration.sagemakerProjectNameId,
  };
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return Object.keys(given).length === 0 ? null : given;
}
