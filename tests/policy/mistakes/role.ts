import type { Resource } from "../../../policy/rules/rule.ts";
import { account, policy } from "./example-stack.ts";
import { added, given, type Mistake, type StackChange, statements } from "./mistake.ts";

type Props = Record<string, unknown>;

const region = "eu-central-1";

const isExecutionRole = ({ type, props }: Resource) =>
  type === "aws:iam/role:Role" && String(props["assumeRolePolicy"]).includes("sagemaker.amazonaws.com");

/** Changes the statement of the execution role's trust policy. */
const trust = (change: Props): StackChange =>
  statements(isExecutionRole, "assumeRolePolicy", (all) => all.map((statement) => ({ ...statement, ...change })));

const from = (source: string, ofAccount: string = account, operator = "ArnLike") => ({
  Condition: { StringEquals: { "aws:SourceAccount": ofAccount }, [operator]: { "aws:SourceArn": source } },
});

const trusts: readonly (readonly [string, string, StackChange, RegExp])[] = [
  ["role-trust-principal", "everybody", trust({ Principal: "*" }), /trusts AWS \*/],
  ["role-trust-principal", "every provider", trust({ Principal: { Federated: "*" } }), /Federated \*/],
  [
    "role-trust-principal",
    "everybody except one account",
    trust({ Principal: undefined, NotPrincipal: { AWS: account } }),
    /everyone but a list \(NotPrincipal\)/,
  ],
  [
    "role-trust-no-account",
    "the whole account",
    trust({ Principal: { AWS: `arn:aws:iam::${account}:root` } }),
    /trusts a whole account \(arn:aws:iam::111122223333:root\); name the role/,
  ],
  ["role-trust-no-account", "an account by its number", trust({ Principal: { AWS: [account] } }), /a whole account/],
  ["role-trust-confused-deputy", "SageMaker for any account", trust({ Condition: undefined }), /for any account/],
  [
    "role-trust-confused-deputy",
    "SageMaker for any resource",
    trust({ Condition: { StringEquals: { "aws:SourceAccount": account } } }),
    /for any resource/,
  ],
  [
    "role-trust-confused-deputy",
    "SageMaker without aws:SourceArn (IfExists)",
    trust(from(`arn:aws:sagemaker:${region}:${account}:*`, account, "ArnLikeIfExists")),
    /for any resource/,
  ],
  [
    "role-trust-confused-deputy",
    "SageMaker for resources of any account",
    trust(from(`arn:aws:sagemaker:${region}:*:*`)),
    /for arn:aws:sagemaker:eu-central-1:\*:\*; give arn:/,
  ],
  [
    "role-trust-confused-deputy",
    "SageMaker for resources of another service",
    trust(from(`arn:aws:lambda:${region}:${account}:*`)),
    /for arn:aws:lambda/,
  ],
  [
    "role-trust-confused-deputy",
    "Scheduler for a schedule, which Scheduler never sends",
    added("aws:iam/role:Role", {
      name: "schedule",
      assumeRolePolicy: policy({
        ...{ Effect: "Allow", Principal: { Service: "scheduler.amazonaws.com" }, Action: "sts:AssumeRole" },
        ...from(`arn:aws:scheduler:${region}:${account}:schedule/default/crickets`),
      }),
    }),
    /schedule-group/,
  ],
  [
    "stack-in-one-account",
    "another account's role",
    trust({ Principal: { AWS: "arn:aws:iam::999999999999:role/other" } }),
    /names account 999999999999, but the stack belongs to account 111122223333/,
  ],
  [
    "stack-in-one-account",
    "SageMaker for another account",
    trust(from(`arn:aws:sagemaker:${region}:999999999999:*`, "999999999999")),
    /999999999999/,
  ],
];

const permissionsOfExecution = (resource: Resource) =>
  resource.type === "aws:iam/rolePolicy:RolePolicy" &&
  String(resource.props["policy"]).includes("sagemaker:CreateModelPackage");

/** Adds a statement to the execution role's policy. */
const oneMore = (statement: Props): StackChange =>
  statements(permissionsOfExecution, "policy", (all) => [...all, { Effect: "Allow", ...statement }]);

const isRegistering = ({ Action }: Props) => String(Action).includes("sagemaker:CreateModelPackage");
const registering = (change: Props): StackChange =>
  statements(permissionsOfExecution, "policy", (all) =>
    all.map((statement) => (isRegistering(statement) ? { ...statement, ...change } : statement)),
  );

const object = "arn:aws:s3:::training/*";
const execution = `arn:aws:iam::${account}:role/execution`;
const toSageMaker = { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } };

const permissions: readonly (readonly [string, string, StackChange, RegExp])[] = [
  [
    "role-actions-named",
    "all actions of a service",
    oneMore({ Action: "s3:*", Resource: object }),
    /allows s3:\*; name/,
  ],
  [
    "role-actions-named",
    "a pattern of all actions",
    oneMore({ Action: ["s3:?*"], Resource: object }),
    /allows s3:\?\*/,
  ],
  [
    "role-permissions-not-inverted",
    "all actions except a list",
    oneMore({ NotAction: "iam:*", Resource: object }),
    /\(NotAction\)/,
  ],
  [
    "role-permissions-not-inverted",
    "all resources except a list",
    oneMore({ Action: "s3:GetObject", NotResource: object }),
    /\(NotResource\)/,
  ],
  [
    "role-resources-named",
    "to read any object",
    oneMore({ Action: "s3:GetObject", Resource: "*" }),
    /s3:GetObject on every/,
  ],
  [
    "role-resources-named",
    "a pattern of actions on every resource",
    oneMore({ Action: ["logs:Describe*"], Resource: ["*"] }),
    /logs:Describe\*/,
  ],
  [
    "role-passes-named-roles",
    "to pass a pattern of roles",
    oneMore({ Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/*`, Condition: toSageMaker }),
    /give the exact ARN/,
  ],
  ...["training-devstack-*", "training-dev*-execution-eu-central-1", "training-devstack-*-admin-*"].map(
    (name): readonly [string, string, StackChange, RegExp] => [
      "role-passes-named-roles",
      `to pass more roles than those of dev stacks: ${name}`,
      oneMore({ Action: "iam:PassRole", Resource: `arn:aws:iam::${account}:role/${name}`, Condition: toSageMaker }),
      /give the exact ARN/,
    ],
  ),
  [
    "role-passes-named-roles",
    "to pass a role to any service",
    oneMore({ Action: "iam:PassRole", Resource: execution }),
    /to any service/,
  ],
  [
    "role-passes-named-roles",
    "to pass a role to a pattern of services",
    oneMore({
      ...{ Action: "iam:PassRole", Resource: execution },
      Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } },
    }),
    /to any service/,
  ],
  [
    "execution-role-registers-pending",
    "to register models with any status",
    registering({ Condition: undefined }),
    /registers models with any status/,
  ],
  [
    "execution-role-registers-pending",
    "to register approved models",
    registering({
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": ["PendingManualApproval", "Approved"] } },
    }),
    /with status PendingManualApproval, Approved/,
  ],
  [
    "execution-role-registers-pending",
    "to register models without a status (IfExists)",
    registering({
      Condition: { StringEqualsIfExists: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
    }),
    /with any status/,
  ],
  [
    "execution-role-approves-nothing",
    "to approve its own model",
    oneMore({ Action: "sagemaker:Update*", Resource: `arn:aws:sagemaker:${region}:${account}:model-package/a/*` }),
    /leave that to the stack check/,
  ],
  [
    "execution-role-changes-no-role",
    "to change its own permissions",
    oneMore({ Action: "iam:PutRolePolicy", Resource: execution }),
    /changes permissions \(iam:PutRolePolicy\)/,
  ],
  [
    "stack-in-one-account",
    "to pass another account's role",
    oneMore({ Action: "iam:PassRole", Resource: "arn:aws:iam::999999999999:role/other", Condition: toSageMaker }),
    /999999999999/,
  ],
  [
    "role-managed-policies-narrow",
    "AmazonSageMakerFullAccess",
    added("aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
      ...{ role: "schedule", policyArn: "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess" },
    }),
    /AmazonSageMakerFullAccess allows more/,
  ],
];

export const roleMistakes: readonly Mistake[] = [
  ...trusts.map(([rule, what, change, says]) => ({ rule, what: `a role that trusts ${what}`, change, says })),
  ...permissions.map(([rule, what, change, says]) => ({ rule, what: `a role that is allowed ${what}`, change, says })),
  {
    rule: "role-permissions-apart",
    what: "a role with inlinePolicies",
    change: given(isExecutionRole, { inlinePolicies: [{ name: "a", policy: policy({}) }] }),
    says: /has inlinePolicies/,
  },
  {
    rule: "role-permissions-apart",
    what: "a role with managedPolicyArns",
    change: given(isExecutionRole, { managedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
    says: /has managedPolicyArns/,
  },
  {
    rule: "no-long-lived-credentials",
    what: "a user's access key",
    change: added("aws:iam/accessKey:AccessKey", { user: "ci" }),
    says: /AccessKey has long-lived credentials/,
  },
];
