import { accountWideActions } from "../iam/account-wide-actions.ts";
import { actionMatches, isPattern } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

/** A rule about the statements that allow a role something. */
function permissionRule(
  name: string,
  description: string,
  mistakes: (statement: Statement) => readonly string[],
): ResourceRule {
  return {
    name,
    description,
    check: (resource) =>
      allowing(heldPolicy(resource, "permissions")).flatMap((statement) =>
        mistakes(statement).map((mistake) => `${statement.sid} ${mistake}`),
      ),
  };
}

const actions = permissionRule(
  "role-actions-named",
  "A role is allowed actions of a service, never all of them.",
  ({ actions }) =>
    actions
      .filter((action) => /^([^:]*:)?[*?]+$/.test(action))
      .map((action) => `allows ${action}; name the actions, such as s3:GetObject.`),
);

const inversion = permissionRule(
  "role-permissions-not-inverted",
  "A role is allowed what is named, not everything but that.",
  ({ inverted }) => inverted.map((key) => `allows everything but a list (${key}); name what is allowed.`),
);

const resources = permissionRule(
  "role-resources-named",
  "A role is allowed actions on resources that are named, where the action has any.",
  ({ actions, resources }) =>
    resources.some((resource) => /^\*+$/.test(resource))
      ? actions
          .filter((action) => !accountWideActions.some((wide) => wide.toLowerCase() === action.toLowerCase()))
          .map((action) => `allows ${action} on every resource; give the ARNs of those that are meant.`)
      : [],
);

const passRole = permissionRule(
  "role-passes-named-roles",
  "A role may be passed on by its exact ARN, to a service that is named.",
  (statement) => {
    const passing = statement.actions.find((action) => actionMatches(action, "iam:PassRole"));
    if (passing === undefined) return [];
    const services = demanded(statement, "iam:PassedToService", ["StringEquals", "StringLike"]);
    return [
      ...statement.resources
        .filter((arn) => isPattern(arn) || !/^arn:[^:]+:iam::\d{12}:role\//.test(arn))
        .map((arn) => `passes on ${arn} (${passing}); give the exact ARN of a role.`),
      ...(services === undefined || services.some(isPattern)
        ? [`passes a role on to any service (${passing}); demand iam:PassedToService with StringEquals.`]
        : []),
    ];
  },
);

/** What a role can have in itself, and the resource that it should be: the provider deprecates both. */
const inRole = { inlinePolicies: "RolePolicy", managedPolicyArns: "RolePolicyAttachment" };

const apart: ResourceRule = {
  name: "role-permissions-apart",
  description: "A role's permissions are resources of their own, where these rules see them.",
  check: ({ type, props }) =>
    Object.entries(inRole)
      .filter(([property]) => type === "aws:iam/role:Role" && [props[property] ?? []].flat().length > 0)
      .map(([property, instead]) => `The role has ${property}; make each a ${instead}.`),
};

const managedPolicies: ResourceRule = {
  name: "role-managed-policies-narrow",
  description: "A role has none of AWS's own policies that allow all of a service, or of everything.",
  check: ({ type, props }) => {
    if (!/^aws:iam\/(role|user|group)?policyAttachment:/i.test(type)) return [];
    const arn = String(props["policyArn"]);
    return /^arn:[^:]+:iam::aws:policy\/.*(FullAccess|AdministratorAccess|PowerUserAccess)/.test(arn)
      ? [`${arn} allows more than a stack needs; write a RolePolicy with what it does need.`]
      : [];
  },
};

const credentials: ResourceRule = {
  name: "no-long-lived-credentials",
  description: "Nobody gets keys that last: people and workflows take roles on.",
  check: ({ type }) =>
    /^aws:iam\/(user|accessKey|userLoginProfile|sshKey|serviceSpecificCredential):/.test(type)
      ? [`${type.split(":").at(-1)} is or has credentials that last; let a role be taken on instead.`]
      : [],
};

export const rolePermissionRules = [
  ...[actions, inversion, resources, passRole],
  ...[apart, managedPolicies, credentials],
];
