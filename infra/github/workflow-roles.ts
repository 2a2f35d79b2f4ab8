import { type GithubConfiguration, githubProblems } from "../configuration/github-configuration.ts";
import { type AccessedStack, iamRoleArn } from "./accessed-stack.ts";
import { deployPolicy } from "./deploy-policy.ts";
import { previewPolicy } from "./preview-policy.ts";
import { deployTrustPolicy, previewTrustPolicy, tokenIssuer } from "./trust-policy.ts";

export interface GithubAccessArgs {
  readonly github: GithubConfiguration;
  /** Has plain values only, so that previews show the roles' policies. */
  readonly stack: AccessedStack;
  readonly previewRoleName: string;
  readonly deployRoleName: string;
  /** The roles' tags. The provider gets none, because all stacks of the account share it. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that a workflow assumes. */
export interface WorkflowRole {
  readonly name: string;
  readonly trustPolicy: string;
  readonly policy: string;
  /** The longest session, in seconds. */
  readonly maxSessionDuration: number;
}

export type WorkflowRoles = Readonly<Record<"preview" | "deploy", WorkflowRole>>;

/** Seconds of a preview's session: the shortest that IAM allows, because a preview takes only minutes. */
const previewSession = 3600;

/**
 * Seconds of a deploy's session: 6 hours, the longest job on GitHub's runners, because the job follows an execution to its end
 * and cannot renew its credentials. The workflow requests the time that it needs (`role-duration-seconds`).
 * Source: https://docs.github.com/en/actions/reference/limits
 */
const deploySession = 6 * 3600;

/** Returns the two roles of the workflows: one that previews pull requests, and one that deploys from an environment. */
export function workflowRoles({
  github,
  stack,
  previewRoleName,
  deployRoleName,
}: Omit<GithubAccessArgs, "tags">): WorkflowRoles {
  // Built from plain values, so that the first preview shows the trust policies before the provider exists.
  const ownProviderArn = `arn:${stack.partition}:iam::${stack.account}:oidc-provider/${tokenIssuer}`;
  const { oidcProviderArn: adopted } = github;
  const providerArn = adopted ?? ownProviderArn;
  return {
    preview: {
      name: previewRoleName,
      trustPolicy: previewTrustPolicy(github, providerArn),
      policy: previewPolicy(stack, github),
      maxSessionDuration: previewSession,
    },
    deploy: {
      name: deployRoleName,
      trustPolicy: deployTrustPolicy(github, providerArn),
      policy: deployPolicy(stack, github, {
        roleArns: [previewRoleName, deployRoleName].map((name) => iamRoleArn(stack, name)),
        oidcProviderArn: adopted === undefined ? ownProviderArn : undefined,
      }),
      maxSessionDuration: deploySession,
    },
  };
}

/** The most characters that IAM accepts. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const limits = { trustPolicy: 2048, policy: 10_240 };

/** Returns one line for each mistake in the roles, so that they are reported before any resource is created. */
export function githubAccessProblems(args: GithubAccessArgs): readonly string[] {
  const roles = Object.entries(workflowRoles(args));
  const long = (part: keyof typeof limits, what: string, fix: string) =>
    roles
      .filter(([, role]) => role[part].length > limits[part])
      .map(
        ([use, role]) =>
          `github: the ${use} role's ${what} has ${role[part].length} characters, IAM allows ${limits[part]}; ${fix}`,
      );
  return [
    ...githubProblems(args.github),
    ...long("trustPolicy", "trust policy", "give the environment, the branch or the workflows shorter names"),
    ...long("policy", "policy", "give the stack, its pipelines or the state's bucket shorter names"),
  ];
}
