import { actionMatches } from "../iam/pattern.ts";
import { allowing, demanded, type Statement } from "../iam/policy-document.ts";
import { heldPolicy } from "./policy-holders.ts";
import type { Resource, StackRule, Violation } from "./rule.ts";

/** The names of the roles that SageMaker takes on: what a pipeline and its jobs may do. */
function executionRoles(resources: readonly Resource[]): ReadonlySet<unknown> {
  const trusted = resources.filter((resource) =>
    allowing(heldPolicy(resource, "trust")).some(({ principals }) =>
      principals.some(({ kind, id }) => kind === "Service" && id === "sagemaker.amazonaws.com"),
    ),
  );
  return new Set(trusted.map(({ props }) => props["name"]));
}

/** The policies that are in one of the roles, or attached to it. */
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

/** A rule about the statements that allow an execution role something. */
function executionRule(
  name: string,
  description: string,
  mistakes: (statement: Statement) => readonly string[],
): StackRule {
  return {
    name,
    description,
    checkStack: (resources) =>
      policiesOf(executionRoles(resources), resources).flatMap((resource): readonly Violation[] =>
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
  "A pipeline registers models for someone else to approve.",
  (statement) => {
    if (!allows(statement, "sagemaker:CreateModelPackage")) return [];
    const statuses = demanded(statement, "sagemaker:ModelApprovalStatus", ["StringEquals"]);
    return statuses?.every((status) => status === pending)
      ? []
      : [`registers models as ${statuses?.join(", ") ?? "anything"}; demand sagemaker:ModelApprovalStatus ${pending}.`];
  },
);

const approvesNothing = executionRule(
  "execution-role-approves-nothing",
  "A pipeline approves no model.",
  (statement) =>
    allows(statement, "sagemaker:UpdateModelPackage")
      ? [
          "changes models that are registered (sagemaker:UpdateModelPackage); leave that to the stack check or a person.",
        ]
      : [],
);

/** What only reads in IAM, and passing a role on, of which there is a rule. */
const harmless = /^iam:(PassRole|Get\w*|List\w*|Simulate\w*)$/i;

const changesNoRole = executionRule(
  "execution-role-changes-no-role",
  "A pipeline gives itself no permissions.",
  ({ actions }) =>
    actions
      .filter((action) => /^iam:/i.test(action) && !harmless.test(action))
      .map((action) => `changes who may do what (${action}); roles are changed by deploying the stack.`),
);

export const executionRoleRules = [registersPending, approvesNothing, changesNoRole];
