import { type GithubConfiguration, githubProblems } from "../configuration/github-configuration.ts";
import type { PolicyStatement } from "../permissions/policy.ts";
import { policyProblems } from "../permissions/policy-parts.ts";
import { type AccessedStack, devStackPrefix, iamRoleArn } from "./accessed-stack.ts";
import { deployPermissions } from "./deploy-permissions.ts";
import { devStackPermissions } from "./dev-stack-permissions.ts";
import { driftPermissions } from "./drift-permissions.ts";
import { previewPermissions } from "./preview-permissions.ts";
import {
  deployTrustPolicy,
  devStackTrustPolicy,
  driftTrustPolicy,
  previewTrustPolicy,
  tokenIssuer,
} from "./trust-policy.ts";

export interface GithubAccessArgs {
  readonly github: GithubConfiguration;
  /** Has plain values only, so that previews show the roles' policies. */
  readonly stack: AccessedStack;
  readonly previewRoleName: string;
  readonly deployRoleName: string;
  readonly driftRoleName: string;
  /** The role of dev stacks, and the patterns of their names, if they are configured. */
  readonly devStacks?: { readonly roleName: string; readonly stacks: AccessedStack } | undefined;
  /** The roles' tags. The provider gets none, because all stacks of the account share it. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A role that a workflow assumes. */
export interface WorkflowRole {
  readonly name: string;
  readonly trustPolicy: string;
  readonly statements: readonly PolicyStatement[];
  /** The longest session, in seconds. */
  readonly maxSessionDuration: number;
}

export type WorkflowRoles = Readonly<Record<"preview" | "deploy" | "drift", WorkflowRole>> & {
  readonly devStacks?: WorkflowRole;
};

/** Seconds of a session: the shortest that IAM allows. `check-stack` renews a session while it follows a long execution. */
const session = 3600;

/**
 * Returns the roles of the workflows: one previews pull requests, one deploys from an environment, one looks for drift, and one
 * deploys dev stacks if they are configured.
 */
export function workflowRoles({
  github,
  stack,
  previewRoleName,
  deployRoleName,
  driftRoleName,
  devStacks,
}: Omit<GithubAccessArgs, "tags">): WorkflowRoles {
  // Built from plain values, so that the first preview shows the trust policies before the provider exists.
  const ownProviderArn = `arn:${stack.partition}:iam::${stack.account}:oidc-provider/${tokenIssuer}`;
  const { oidcProviderArn: adopted } = github;
  const providerArn = adopted ?? ownProviderArn;
  const own = {
    roleArns: [
      ...[previewRoleName, deployRoleName, driftRoleName],
      ...(devStacks === undefined ? [] : [devStacks.roleName]),
    ].map((name) => iamRoleArn(stack, name)),
    oidcProviderArn: adopted === undefined ? ownProviderArn : undefined,
  };
  return {
    preview: {
      name: previewRoleName,
      trustPolicy: previewTrustPolicy(github, providerArn),
      statements: previewPermissions(stack, github),
      maxSessionDuration: session,
    },
    deploy: {
      name: deployRoleName,
      trustPolicy: deployTrustPolicy(github, providerArn),
      statements: deployPermissions(stack, github, own),
      maxSessionDuration: session,
    },
    drift: {
      name: driftRoleName,
      trustPolicy: driftTrustPolicy(github, providerArn),
      statements: driftPermissions(stack, github, own),
      maxSessionDuration: session,
    },
    ...(devStacks === undefined
      ? {}
      : {
          devStacks: {
            name: devStacks.roleName,
            trustPolicy: devStackTrustPolicy(github, providerArn),
            statements: devStackPermissions(devStacks.stacks, github),
            maxSessionDuration: session,
          },
        }),
  };
}

/** Returns one line for each thing that dev stacks lack. */
function devStackProblems({ github, stack, devStacks }: GithubAccessArgs): readonly string[] {
  if (devStacks === undefined) return [];
  return [
    ...(github.stateBackend === undefined
      ? ["github.devStacks: got true without github.stateBackend; set it, because dev stacks have a state beside it"]
      : []),
    // Their programs are not reviewed as a merged one is, so their roles must not reach every right in the account.
    ...(stack.permissionsBoundaryArn === undefined
      ? ["github.devStacks: got true without permissionsBoundaryArn; set it, because it limits the roles of dev stacks"]
      : []),
    ...(stack.stack.startsWith(devStackPrefix)
      ? [`github.devStacks: got true in ${stack.stack}, which has a dev stack's name; configure it in another stack`]
      : []),
  ];
}

/** The most characters that IAM accepts. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const trustPolicyCharacters = 2048;

/** Returns one line for each mistake in the roles, so that they are reported before any resource is created. */
export function githubAccessProblems(args: GithubAccessArgs): readonly string[] {
  const roles = Object.entries(workflowRoles(args));
  return [
    ...githubProblems(args.github),
    ...devStackProblems(args),
    ...roles
      .filter(([, { trustPolicy }]) => trustPolicy.length > trustPolicyCharacters)
      .map(
        ([use, { trustPolicy }]) =>
          `github: the ${use} role's trust policy has ${trustPolicy.length} characters, IAM allows ${trustPolicyCharacters}; give the environment, the branch or the workflows shorter names`,
      ),
    ...roles.flatMap(([use, { statements }]) => policyProblems(`github, the ${use} role`, statements)),
  ];
}
