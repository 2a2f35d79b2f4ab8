import type { GitHub } from "./client.ts";
import { ifFound } from "./github-error.ts";

/** An environment of a repository, as far as its rules decide who deploys. */
export interface Environment {
  readonly reviewers: number;
  /** The patterns of the branches that may deploy. Undefined if every branch may. `protected` are those with branch protection. */
  readonly branches: readonly string[] | "protected" | undefined;
}

interface EnvironmentAnswer {
  readonly protection_rules?: readonly { readonly type: string; readonly reviewers?: readonly unknown[] }[];
  readonly deployment_branch_policy?: { readonly protected_branches: boolean } | null;
}

/** Returns the address of an environment in the API. Its name may contain spaces and slashes. */
export function environmentPath(repository: string, name: string): string {
  return `/repos/${repository}/environments/${encodeURIComponent(name)}`;
}

/**
 * Reads an environment; undefined if it does not exist.
 * Source: https://docs.github.com/en/rest/deployments/environments
 *
 * @throws GitHubError
 */
export async function readEnvironment(
  github: GitHub,
  repository: string,
  name: string,
): Promise<Environment | undefined> {
  const path = environmentPath(repository, name);
  const answer = (await ifFound(github.request("GET", path))) as EnvironmentAnswer | undefined;
  if (answer === undefined) return undefined;
  const reviewed = answer.protection_rules?.find(({ type }) => type === "required_reviewers");
  const policy = answer.deployment_branch_policy ?? undefined;
  const listed = async () =>
    ((await github.list(`${path}/deployment-branch-policies`, "branch_policies")) as readonly { name: string }[]).map(
      (branch) => branch.name,
    );
  return {
    reviewers: reviewed?.reviewers?.length ?? 0,
    branches: policy === undefined ? undefined : policy.protected_branches ? "protected" : await listed(),
  };
}

/** Creates an environment without rules. An existing environment would lose its rules, so do not call it for one. */
export async function createEnvironment(github: GitHub, repository: string, name: string): Promise<void> {
  await github.request("PUT", environmentPath(repository, name));
}
