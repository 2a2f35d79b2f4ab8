import { type GithubConfiguration, githubProblems } from "../configuration/github-configuration.ts";
import { type AccessedStack, roleArn } from "./accessed-stack.ts";
import { deployPolicy } from "./deploy-policy.ts";
import { previewPolicy } from "./preview-policy.ts";
import { deployTrustPolicy, previewTrustPolicy, tokenIssuer } from "./trust-policy.ts";

export interface GithubAccessArgs {
  readonly github: GithubConfiguration;
  /** Of plain values: previews show the roles' policies. */
  readonly stack: AccessedStack;
  readonly previewRoleName: string;
  readonly deployRoleName: string;
  /** Of the roles. The provider has none, as it is for all stacks of the account. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that a workflow takes on. */
export interface WorkflowRole {
  readonly name: string;
  readonly trustPolicy: string;
  readonly policy: string;
  /** The longest that a session may last, in seconds. */
  readonly maxSessionDuration: number;
}

export type WorkflowRoles = Readonly<Record<"preview" | "deploy", WorkflowRole>>;

/** A preview takes minutes; this is the least that IAM allows. */
const previewSession = 3600;

/**
 * The deploying job follows an execution to its end with credentials that nobody renews, and GitHub ends a job on its own
 * runners after 6 hours. The workflow asks for as much of it as it needs (`role-duration-seconds`).
 * Source: https://docs.github.com/en/actions/reference/limits
 */
const deploySession = 6 * 3600;

/** The two roles of the workflows: one reads for the preview of a pull request, one deploys from an environment. */
export function workflowRoles({
  github,
  stack,
  previewRoleName,
  deployRoleName,
}: Omit<GithubAccessArgs, "tags">): WorkflowRoles {
  // Known before the provider is, so that the first preview shows whom the roles trust.
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
        roleArns: [previewRoleName, deployRoleName].map((name) => roleArn(stack, name)),
        oidcProviderArn: adopted === undefined ? ownProviderArn : undefined,
      }),
      maxSessionDuration: deploySession,
    },
  };
}

/** Characters that IAM takes. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const limits = { trustPolicy: 2048, policy: 10_240 };

/** What is wrong with what the roles would be, a line each, to be said before the first resource. */
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
