import { allow, type PolicyCondition, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

/** What is in IAM of the workflows' own access. */
export interface OwnAccess {
  readonly roleArns: readonly string[];
  /** The provider of tokens, if the stack made it. */
  readonly oidcProviderArn?: string | undefined;
}

const reads = ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"];

/** What makes a role what it is. IAM tells a policy the role's boundary for each of them. */
const writes = [
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/** What IAM tells no boundary for. The provider asks for the instance profiles of a role before it deletes it. */
const upkeep = ["iam:ListInstanceProfilesForRole", "iam:TagRole", "iam:UntagRole"];

/** A role may be passed on to one service alone. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
function passRole(sid: string, arn: string, service: string): PolicyStatement {
  return allow(sid, ["iam:PassRole"], [arn], { StringEquals: { "iam:PassedToService": service } });
}

/**
 * The stack's roles. Those of the workflows are read, never written: a deploy that changes them is refused, and an
 * administrator does it from a desk. Of the stack's others, only those that it makes are written.
 *
 * Who may write a role's policy and pass the role on has all rights that IAM lets that role have. With a permissions
 * boundary, roles are made and written only while they have it, and it can be set, but neither changed nor removed:
 * then its rights are the most that a deploy can reach.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function rolePermissions(stack: AccessedStack, own: OwnAccess): readonly PolicyStatement[] {
  const { executionRoleArn, ownsExecutionRole, scheduleRoleArn, permissionsBoundaryArn: boundary } = stack;
  const schedule = scheduleRoleArn === undefined ? [] : [scheduleRoleArn];
  const made = [...(ownsExecutionRole ? [executionRoleArn] : []), ...schedule];
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
    passRole("PassExecutionRole", executionRoleArn, "sagemaker.amazonaws.com"),
    ...schedule.map((arn) => passRole("PassScheduleRole", arn, "scheduler.amazonaws.com")),
  ];
}
