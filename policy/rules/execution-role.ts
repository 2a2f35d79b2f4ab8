import { actionMatches } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { Resource, RuleViolation, StackRule } from "./rule.ts";

/** Returns the names of the execution roles: those that SageMaker may assume. */
function executionRoles(resources: readonly Resource[]): ReadonlySet<unknown> {
  const trusted = resources.filter((resource) =>
    allowing(heldPolicy(resource, "trust")).some(({ principals }) =>
      principals.some(({ kind, id }) => kind === "Service" && id === "sagemaker.amazonaws.com"),
    ),
  );
  return new Set(trusted.map(({ props }) => props["name"]));
}

/** Returns the inline and attached policies of the roles. */
function policiesOf(roles: ReadonlySet<unknown>, resources: readonly Resource[]): readonly Resource[] {
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  const attached = ofType("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    .filter(({ props }) => roles.has(props["role"]))
    .map(({ props }) => String(props["policyArn"]).split("/").at(-1));
  return [
    ...ofType("aws:iam/rolePolicy:RolePolicy").filter(({ props }) => roles.has(props["role"])),
    ...ofType("aws:iam/policy:Policy").filter(({ props }) => attached.includes(String(props["name"]))),
  ];
}

/** Returns a rule about the Allow statements of execution roles. */
function executionRule(
  name: string,
  description: string,
  mistakes: (statement: Statement) => readonly string[],
): StackRule {
  return {
    name,
    description,
    checkStack: (resources) =>
      policiesOf(executionRoles(resources), resources).flatMap((resource): readonly RuleViolation[] =>
        allowing(heldPolicy(resource, "permissions")).flatMap((statement) =>
          mistakes(statement).map((mistake) => ({ resource, message: `${statement.sid} ${mistake}` })),
        ),
      ),
  };
}

function allows({ actions }: Statement, action: string): boolean {
  return actions.some((pattern) => actionMatches(pattern, action));
}

const pending = "PendingManualApproval";

const registersPending = executionRule(
  "execution-role-registers-pending",
  "An execution role registers models as pending only.",
  (statement) => {
    if (!allows(statement, "sagemaker:CreateModelPackage")) return [];
    const statuses = demanded(statement, "sagemaker:ModelApprovalStatus", ["StringEquals"]);
    return statuses?.every((status) => status === pending)
      ? []
      : [
          `registers models with ${statuses === undefined ? "any status" : `status ${statuses.join(", ")}`}; demand sagemaker:ModelApprovalStatus ${pending}.`,
        ];
  },
);

const approvesNothing = executionRule(
  "execution-role-approves-nothing",
  "An execution role approves no model.",
  (statement) =>
    allows(statement, "sagemaker:UpdateModelPackage")
      ? ["changes registered models (sagemaker:UpdateModelPackage); leave that to the stack check or a person."]
      : [],
);

/** Matches IAM actions that only read, and PassRole, which has a separate rule. */
const harmless = /^iam:(PassRole|Get\w*|List\w*|Simulate\w*)$/i;

const changesNoRole = executionRule(
  "execution-role-changes-no-role",
  "An execution role changes no permissions.",
  ({ actions }) =>
    actions
      .filter((action) => /^iam:/i.test(action) && !harmless.test(action))
      .map(
        (action) => `changes permissions (${action}); leave the action out, and change roles by deploying the stack.`,
      ),
);

export const executionRoleRules = [registersPending, approvesNothing, changesNoRole];
