import { defined } from "../../service-model/defined.ts";
import {
  devStackBackend,
  devStackEnvironments,
  driftEnvironment,
  type GithubConfiguration,
} from "./github-configuration.ts";
import { projectNameId } from "./project-name.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** Returns what scripts need to know of the configured repository, or null if there is none. */
export function repositoryOutputs({ github, permissionsBoundaryArn }: StackConfiguration) {
  if (github === undefined) return null;
  const { repository, repositoryId, ownerId, environment, branch, stateBackend } = github;
  const optional = defined({ stateBackend, devStacks: devStackOutputs(github, permissionsBoundaryArn) });
  const drift = driftEnvironment(environment);
  return { repository, repositoryId, ownerId, environment, driftEnvironment: drift, branch, ...optional };
}

/** Returns what the workflows of dev stacks need; undefined if dev stacks are not configured. */
function devStackOutputs({ environment, devStacks, stateBackend }: GithubConfiguration, boundary: string | undefined) {
  if (!devStacks || stateBackend === undefined || boundary === undefined) return undefined;
  return {
    environments: devStackEnvironments(environment),
    stateBackend: devStackBackend(stateBackend),
    permissionsBoundaryArn: boundary,
  };
}

/** Returns the configured SageMaker project, or null if the configuration names none. */
export function projectOutputs(configuration: StackConfiguration) {
  const given = defined({
    name: configuration.sagemakerProjectName,
    id: configuration.sagemakerProjectId,
    arn: configuration.sagemakerProjectArn,
    nameId: projectNameId(configuration),
  });
  return Object.keys(given).length === 0 ? null : given;
}
