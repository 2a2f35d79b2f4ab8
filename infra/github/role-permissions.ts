import { allow, type PolicyCondition, type PolicyStatement } from "../permissions/policy.ts";
import { managedPolicyArn } from "../permissions/policy-parts.ts";
import type { AccessedStack } from "./accessed-stack.ts";

/** The IAM resources of the workflows' own access. */
export interface OwnAccess {
  readonly roleArns: readonly string[];
  /** The OIDC provider, if the stack created it. */
  readonly oidcProviderArn?: string | undefined;
}

const reads = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"];

/** The actions that change a role's policies and trust. For all of them, IAM sets the key `iam:PermissionsBoundary`. */
const writes = [
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/** Actions without the key `iam:PermissionsBoundary`. The provider lists a role's instance profiles before it deletes the role. */
const upkeep = ["iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole"];

/** The actions on the managed policies that a role gets if its permissions exceed IAM's quota of inline policies. */
const policyReads = ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"];

const policyWrites = [
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:TagPolicy",
  "iam:UntagPolicy",
];

/** Returns the permission to pass a role to one service only. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passRole(sid: string, arn: string, service: string): PolicyStatement {
  return allow(sid, ["iam:PassRole"], [arn], { StringEquals: { "iam:PassedToService": service } });
}

/**
 * Returns the permissions for the stack's roles. A deploy may read the workflows' roles but not change them; an administrator
 * does that. It may change the other roles that the stack creates.
 *
 * Whoever may write a role's policy and pass the role can reach every permission that IAM lets this role have. A permissions
 * boundary limits that: a deploy may create and change only roles that have the boundary. It may set the boundary, but not
 * remove it.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function rolePermissions(stack: AccessedStack, own: OwnAccess): readonly PolicyStatement[] {
  const { executionRoleArn, ownsExecutionRole, scheduleRoleArn, permissionsBoundaryArn: boundary } = stack;
  const schedule = scheduleRoleArn === undefined ? [] : [scheduleRoleArn];
  const made = [...(ownsExecutionRole ? [executionRoleArn] : []), ...schedule];
  const policies = made.map((arn) => managedPolicyArn(arn, "?"));
  const bounded: PolicyCondition | undefined =
    boundary === undefined ? undefined : { StringEquals: { "iam:PermissionsBoundary": boundary } };
  return [
    allow("ReadRoles", reads, [executionRoleArn, ...schedule, ...own.roleArns]),
    allow(
      "ReadTokenProvider",
      ["iam:GetOpenIDConnectProvider"],
      own.oidcProviderArn === undefined ? [] : [own.oidcProviderArn],
    ),
    allow("WriteRoles", boundary === undefined ? writes : [...writes, "iam:PutRolePermissionsBoundary"], made, bounded),
    allow("KeepRoles", upkeep, made),
    allow("AttachPolicies", ["iam:AttachRolePolicy", "iam:DetachRolePolicy"], made, {
      ...bounded,
      ArnLike: { "iam:PolicyARN": policies },
    }),
    allow("ReadPolicies", policyReads, [...policies, ...own.roleArns.map((arn) => managedPolicyArn(arn, "?"))]),
    allow("KeepPolicies", policyWrites, policies),
    passRole("PassExecutionRole", executionRoleArn, "sagemaker.amazonaws.com"),
    ...schedule.map((arn) => passRole("PassScheduleRole", arn, "scheduler.amazonaws.com")),
  ];
}
