import type { GithubConfiguration } from "../configuration/github-configuration.ts";
import type { PolicyCondition } from "../permissions/policy.ts";

/** Who makes the tokens, without `https://`: as IAM names the provider and its condition keys. */
export const tokenIssuer = "token.actions.githubusercontent.com";

/** Whom the tokens are for: what aws-actions/configure-aws-credentials asks GitHub for. */
export const tokenAudience = "sts.amazonaws.com";

/**
 * The subject of a token in both of GitHub's forms: with names alone, and with names and numbers, which repositories have
 * that were made, renamed or transferred since July 15, 2026.
 * Source: https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
function subjects({ repository, repositoryId, ownerId }: GithubConfiguration, use: string): readonly string[] {
  const [owner, name] = repository.split("/");
  return [`repo:${repository}:${use}`, `repo:${owner}@${ownerId}/${name}@${repositoryId}:${use}`];
}

/** Claims that a token must have, as the keys of conditions. */
function claims(values: Readonly<Record<string, string | readonly string[]>>): PolicyCondition[string] {
  return Object.fromEntries(Object.entries(values).map(([claim, value]) => [`${tokenIssuer}:${claim}`, value]));
}

/** A claim that is missing fails these operators, which is why no `ForAllValues` is among them: there it would pass. */
function trustPolicy(sid: string, providerArn: string, conditions: PolicyCondition): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: sid,
        Effect: "Allow",
        Principal: { Federated: providerArn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: conditions,
      },
    ],
  });
}

/**
 * Who may deploy: the job of the deploying workflow that names the environment, on the branch. The event is left open: a
 * run by hand or by a schedule is of the same reviewed file, and waits for the same protection rules.
 *
 * `job_workflow_ref` is the file that the job is written in, `ref` what the run was started for; without the second, any
 * branch's workflow could call the deploying one. `repository_id` outlives names: a repository that gets the name of a
 * deleted one has the subject, not the number.
 * Source of the claims that AWS takes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function deployTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  const ref = `refs/heads/${github.branch}`;
  return trustPolicy("DeployFromEnvironment", providerArn, {
    StringEquals: claims({
      aud: tokenAudience,
      sub: subjects(github, `environment:${github.environment}`),
      repository_id: github.repositoryId,
      job_workflow_ref: `${github.repository}/${github.deployWorkflow}@${ref}`,
      ref,
    }),
  });
}

/**
 * Who may preview: the preview workflow of a pull request, as it is on the commit that would be merged. Who can push a
 * branch can change that file, so the role has to be harmless in anyone's hands who can. The workflow's `ref` keeps
 * `pull_request_target` out, the one event that gives tokens to pull requests of forks.
 */
export function previewTrustPolicy(github: GithubConfiguration, providerArn: string): string {
  return trustPolicy("PreviewPullRequest", providerArn, {
    StringEquals: claims({
      aud: tokenAudience,
      sub: subjects(github, "pull_request"),
      repository_id: github.repositoryId,
    }),
    StringLike: claims({ job_workflow_ref: `${github.repository}/${github.previewWorkflow}@refs/pull/*/merge` }),
  });
}
