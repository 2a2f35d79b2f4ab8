import {
  devStackEnvironments,
  driftEnvironment,
  type GithubConfiguration,
} from "../configuration/github-configuration.ts";
import type { PolicyCondition } from "../permissions/policy.ts";

/** The issuer of GitHub's tokens, without `https://`, as in the names of the IAM provider and its condition keys. */
export const tokenIssuer = "token.actions.githubusercontent.com";

/** The audience of the tokens that aws-actions/configure-aws-credentials requests from GitHub. */
export const tokenAudience = "sts.amazonaws.com";

/**
 * Returns the subject of a token in both of GitHub's forms: with names only, and with names and numbers. Repositories that were
 * created, renamed or transferred since July 15, 2026 use the second.
 * Source: https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
function subjects({ repository, repositoryId, ownerId }: GithubConfiguration, use: string): readonly string[] {
  const [owner, name] = repository.split("/");
  return [`repo:${repository}:${use}`, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${use}`];
}

/** Returns a condition that requires a token's claims to have the given values. */
function claims(values: Readonly<Record<string, string | readonly string[]>>): PolicyCondition[string] {
  return Object.fromEntries(Object.entries(values).map(([claim, value]) => [`${tokenIssuer}:${claim}`, value]));
}

/** Returns a trust policy. Do not use `ForAllValues` operators in it, because they pass if the token lacks the claim. */
function trustPolicy(providerArn: string, conditions: Readonly<Record<string, PolicyCondition>>): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: Object.entries(conditions).map(([Sid, Condition]) => ({
      ...{ Sid, Effect: "Allow", Principal: { Federated: providerArn } },
      ...{ Action: "sts:AssumeRoleWithWebIdentity", Condition },
    })),
  });
}

/** Returns the conditions for a job in an environment, of a workflow file on the branch, that the branch started. */
function onBranch(github: GithubConfiguration, environment: string, workflow: string): PolicyCondition {
  const ref = `refs/heads/${github.branch}`;
  return {
    StringEquals: claims({
      aud: tokenAudience,
      sub: subjects(github, `environment:${environment}`),
      repository_id: github.repositoryId,
      job_workflow_ref: `${github.repository}/${workflow}@${ref}`,
      ref,
    }),
  };
}

/**
 * Returns the trust policy of the deploy role: for the deploying workflow's job, in the environment, on the branch. Any event may
 * start the workflow, because scheduled and manual starts use the same reviewed file and protection rules.
 *
 * `job_workflow_ref` is the file of the job, and `ref` the branch that started the workflow. Without `ref`, a workflow on any
 * branch could call the deploying one. `repository_id` protects against a new repository under a deleted one's name, which
 * would get the same subject.
 * Source of the claims that AWS supports: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function deployTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  const { environment, deployWorkflow } = github;
  return trustPolicy(providerArn, { DeployFromEnvironment: onBranch(github, environment, deployWorkflow) });
}

/**
 * Returns the trust policy of the drift role: for the nightly workflow's job, in its own environment, on the branch. GitHub starts
 * scheduled workflows on the default branch only.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
export function driftTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  const { environment, driftWorkflow } = github;
  return trustPolicy(providerArn, {
    CompareFromBranch: onBranch(github, driftEnvironment(environment), driftWorkflow),
  });
}

/**
 * Returns the trust policy of the preview role: for the preview workflow on a pull request's merge commit. Anyone who can push a
 * branch can change that workflow, so the role must be harmless. The merge ref excludes `pull_request_target`, the only event
 * that gives tokens to pull requests from forks.
 */
export function previewTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  return trustPolicy(providerArn, {
    PreviewPullRequest: {
      StringEquals: claims({
        aud: tokenAudience,
        sub: subjects(github, "pull_request"),
        repository_id: github.repositoryId,
      }),
      StringLike: claims({ job_workflow_ref: `${github.repository}/${github.previewWorkflow}@refs/pull/*/merge` }),
    },
  });
}

/**
 * Returns the trust policy of the dev stacks' role. Deploying needs the environment with reviewers, on any branch and on pull
 * requests, because dev stacks run code that nobody has merged. Cleaning up needs no reviewer, but the workflow file and the
 * branch of the deploy.
 */
export function devStackTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  const { deploy, clean } = devStackEnvironments(github.environment);
  const file = `${github.repository}/.github/workflows/dev-stack.yml`;
  return trustPolicy(providerArn, {
    DeployDevStacks: {
      StringEquals: claims({
        aud: tokenAudience,
        sub: subjects(github, `environment:${deploy}`),
        repository_id: github.repositoryId,
      }),
      StringLike: claims({ job_workflow_ref: ["refs/heads/*", "refs/pull/*/merge"].map((any) => `${file}@${any}`) }),
    },
    CleanDevStacks: onBranch(github, clean, ".github/workflows/dev-stack-clean.yml"),
  });
}
