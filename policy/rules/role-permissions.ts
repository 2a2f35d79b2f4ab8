import { accountWideActions } from "../iam/account-wide-actions.ts";
import { actionMatches, isPattern } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

/** Returns a rule about the Allow statements of roles. */
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
  "A role gets named actions of a service, never all of them.",
  ({ actions }) =>
    actions
      .filter((action) => /^([^:]*:)?[*?]+$/.test(action))
      .map((action) => `allows ${action}; name the actions, such as s3:GetObject.`),
);

const inversion = permissionRule(
  "role-permissions-not-inverted",
  "A role's policy lists what it allows, not exceptions (`NotAction`, `NotResource`).",
  ({ inverted }) => inverted.map((key) => `allows everything but a list (${key}); name what is allowed.`),
);

const resources = permissionRule(
  "role-resources-named",
  "A role gets actions on named resources, unless AWS supports no resource for the action.",
  ({ actions, resources }) =>
    resources.some((resource) => /^\*+$/.test(resource))
      ? actions
          .filter((action) => !accountWideActions.some((wide) => wide.toLowerCase() === action.toLowerCase()))
          .map((action) => `allows ${action} on every resource; give the ARNs of the resources.`)
      : [],
);

/** The roles of dev stacks, which their workflow creates under names that nobody knows before, and only with a boundary. */
const ofDevStacks = /^arn:[^:*?]+:iam::\d{12}:role\/training-devstack-\*-(execution|schedule)-[a-z0-9-]+$/;

const passRole = permissionRule(
  "role-passes-named-roles",
  "A role may pass another one by its exact ARN, or those of dev stacks by their pattern, to a named service.",
  (statement) => {
    const passing = statement.actions.find((action) => actionMatches(action, "iam:PassRole"));
    if (passing === undefined) return [];
    const services = demanded(statement, "iam:PassedToService", ["StringEquals", "StringLike"]);
    return [
      ...statement.resources
        .filter((arn) => !ofDevStacks.test(arn))
        .filter((arn) => isPattern(arn) || !/^arn:[^:]+:iam::\d{12}:role\//.test(arn))
        .map((arn) => `passes ${arn} (${passing}); give the exact ARN of a role.`),
      ...(services === undefined || services.some(isPattern)
        ? [`passes a role to any service (${passing}); demand iam:PassedToService with StringEquals.`]
        : []),
    ];
  },
);

/** Deprecated properties of a role, and the resources to use in place of them. */
const inRole = { inlinePolicies: "RolePolicy", managedPolicyArns: "RolePolicyAttachment" };

const apart: ResourceRule = {
  name: "role-permissions-apart",
  description:
    "A role's permissions are separate resources, because these rules do not see permissions inside the role.",
  check: ({ type, props }) =>
    Object.entries(inRole)
      .filter(([property]) => type === "aws:iam/role:Role" && [props[property] ?? []].flat().length > 0)
      .map(([property, instead]) => `The role has ${property}; declare a ${instead} for each.`),
};

const managedPolicies: ResourceRule = {
  name: "role-managed-policies-narrow",
  description: "A role has no AWS policy that allows a whole service or everything.",
  check: ({ type, props }) => {
    if (!/^aws:iam\/(role|user|group)?policyAttachment:/i.test(type)) return [];
    const arn = String(props["policyArn"]);
    return /^arn:[^:]+:iam::aws:policy\/.*(FullAccess|AdministratorAccess|PowerUserAccess)/.test(arn)
      ? [`${arn} allows more than a stack needs; write a RolePolicy with only the needed actions.`]
      : [];
  },
};

const credentials: ResourceRule = {
  name: "no-long-lived-credentials",
  description: "There are no long-lived keys; people and workflows assume roles.",
  check: ({ type }) =>
    /^aws:iam\/(user|accessKey|userLoginProfile|sshKey|serviceSpecificCredential):/.test(type)
      ? [`${type.split(":").at(-1)} has long-lived credentials; use a role instead.`]
      : [],
};

export const rolePermissionRules = [
  ...[actions, inversion, resources, passRole],
  ...[apart, managedPolicies, credentials],
];
