import assert from "node:assert/strict";
import { AccessDenied } from "../../../local/iam/access-denied.ts";
import { Authorizer, type AuthorizerOptions } from "../../../local/iam/authorizer.ts";
import type { IamCall } from "../../../local/iam/recorded-call.ts";
import type { RolePolicies } from "../../../local/iam/role-policies.ts";
import { installedSimulator } from "../../../local/iam/simulator.ts";

const account = "123456789012";
const role = `arn:aws:iam::${account}:role/teams/growth/training`;
const caller = { role, by: "job" };
const allow = (more: object) => ({ Effect: "Allow", Action: "*", Resource: "*", ...more });
const deny = (more: object) => ({ ...allow(more), Effect: "Deny" });
const policy = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });

interface Given {
  readonly identity?: readonly object[];
  readonly boundary?: readonly object[];
  readonly trust?: readonly object[];
  readonly bucket?: readonly object[];
}

const simulator = installedSimulator(assert.fail);

function authorizer(given: Given, options: Partial<AuthorizerOptions> = {}): Authorizer {
  const { identity = [], boundary, trust = [], bucket } = given;
  const policies: RolePolicies = {
    ...{ arn: role, id: "AROA1", tags: { team: "growth" }, trust: policy(...trust) },
    identity: identity.map((statement, index) => ({ name: `own${index}`, policy: policy(statement) })),
    boundary: boundary === undefined ? undefined : { name: "boundary", policy: policy(...boundary) },
  };
  return new Authorizer({
    roles: { read: async (arn) => (arn === role ? policies : undefined) },
    simulator: () => simulator,
    bucketPolicy: (name) => (name === "b" && bucket !== undefined ? JSON.stringify(policy(...bucket)) : undefined),
    log: assert.fail,
    ...options,
  });
}

const read: IamCall = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };
const list: IamCall = { action: "s3:ListBucket", resource: "arn:aws:s3:::b", context: { "s3:prefix": "p/" } };
const create: IamCall = {
  action: "sagemaker:CreateTrainingJob",
  resource: `arn:aws:sagemaker:us-east-1:${account}:training-job/x`,
};
const pull: IamCall = { action: "ecr:BatchGetImage", resource: "arn:aws:ecr:us-east-1:683313688378:repository/x" };
const decrypt: IamCall = { action: "kms:Decrypt", resource: `arn:aws:kms:us-east-1:${account}:key/1` };
const anyObject: IamCall = { action: "s3:DeleteObject", resource: "arn:aws:s3:::b/out/*" };
const unknown: IamCall = { action: "s3:?", resource: "arn:aws:s3:::b/k" };
const start: IamCall = { action: "sagemaker:StartPipelineExecution", resource: "*" };
const sagemaker = (resource: string) => `arn:aws:sagemaker:us-east-1:${account}:${resource}`;
const everything = { identity: [allow({})] };
const toRole = { Principal: { AWS: role } };
const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });

const why = {
  none: "because no identity-based policy allows the ACTION action",
  explicit: "with an explicit deny in an identity-based policy",
  boundary: "because no permissions boundary allows the ACTION action",
  boundaryDeny: "with an explicit deny in a permissions boundary",
  resource: "with an explicit deny in a resource-based policy",
};

const decisions: readonly (readonly [string, Given, IamCall, keyof typeof why | "allowed"])[] = [
  ["a role without policies", {}, read, "none"],
  ["a role that allows everything", everything, read, "allowed"],
  ["a role that allows everything", everything, create, "allowed"],
  [
    "a role that allows ECR, for an image of AWS's account",
    { identity: [allow({ Action: "ecr:*" })] },
    pull,
    "allowed",
  ],
  [
    "a role that allows only S3, for an image of AWS's account",
    { identity: [allow({ Action: "s3:*" })] },
    pull,
    "none",
  ],
  ["a role that allows it", { identity: [allow({ Action: "kms:Decrypt" })] }, decrypt, "allowed"],
  ["a role without policies", {}, decrypt, "none"],
  ["a role that both allows and denies it", { identity: [allow({}), deny({ Action: "s3:Get*" })] }, read, "explicit"],
  ["a boundary that allows it", { ...everything, boundary: [allow({ Action: "s3:*" })] }, read, "allowed"],
  ["a boundary that does not allow it", { ...everything, boundary: [allow({ Action: "ecr:*" })] }, read, "boundary"],
  [
    "a boundary that denies it",
    { ...everything, boundary: [allow({}), deny({ Action: "s3:*" })] },
    read,
    "boundaryDeny",
  ],
  ["a boundary that allows it and a role that does not", { boundary: [allow({})] }, read, "none"],
  [
    "a bucket's policy that allows the role",
    { bucket: [allow({ ...toRole, Action: "s3:GetObject" })] },
    read,
    "allowed",
  ],
  ["a bucket's policy that denies the role", { ...everything, bucket: [deny(toRole)] }, read, "resource"],
  ["a bucket's policy that denies everybody", { ...everything, bucket: [deny({ Principal: "*" })] }, list, "resource"],
  [
    "a bucket's policy that requires TLS",
    { ...everything, bucket: [deny({ Principal: "*", ...when("Bool", "aws:SecureTransport", "false") })] },
    read,
    "allowed",
  ],
  [
    "a policy of another bucket that denies everybody",
    { ...everything, bucket: [deny({ Principal: "*" })] },
    { ...read, resource: "arn:aws:s3:::c/k" },
    "allowed",
  ],
  [
    "a condition on the requested prefix",
    { identity: [allow(when("StringLike", "s3:prefix", "p/*"))] },
    list,
    "allowed",
  ],
  ["a condition on another prefix", { identity: [allow(when("StringLike", "s3:prefix", "q/*"))] }, list, "none"],
  [
    "a condition on the role's ARN with its path",
    { identity: [allow(when("ArnEquals", "aws:PrincipalArn", role))] },
    read,
    "allowed",
  ],
  [
    "a condition on the role's tag",
    { identity: [allow(when("StringEquals", "aws:PrincipalTag/team", "growth"))] },
    read,
    "allowed",
  ],
  [
    "a condition on another value of the tag",
    { identity: [allow(when("StringEquals", "aws:PrincipalTag/team", "sales"))] },
    read,
    "none",
  ],
  [
    "a role that allows the prefix, for the key out/*,",
    { identity: [allow({ Resource: "arn:aws:s3:::b/out/*" })] },
    anyObject,
    "allowed",
  ],
  [
    "a role that allows only out/a, for the key out/*,",
    { identity: [allow({ Resource: "arn:aws:s3:::b/out/a" })] },
    anyObject,
    "none",
  ],
  [
    "a role that allows one pipeline, for an unknown pipeline,",
    { identity: [allow({ Resource: sagemaker("pipeline/a") })] },
    start,
    "none",
  ],
  [
    "a role that allows all pipelines, for an unknown pipeline,",
    { identity: [allow({ Resource: "*" })] },
    start,
    "allowed",
  ],
  [
    "a role that allows it on a training job, a type that the action does not have,",
    { identity: [allow({ Resource: sagemaker("training-job/x") })] },
    { ...start, resource: sagemaker("training-job/x") },
    "none",
  ],
  [
    "a role that allows all actions on the object",
    { identity: [allow({ Action: "s3:*", Resource: "arn:aws:s3:::b/*" })] },
    unknown,
    "allowed",
  ],
  [
    "a role that allows only Get and Put actions",
    { identity: [allow({ Action: ["s3:Get*", "s3:Put*"] })] },
    unknown,
    "none",
  ],
  [
    "a role that denies one action of S3",
    { identity: [allow({}), deny({ Action: "s3:GetObject" })] },
    unknown,
    "explicit",
  ],
  [
    "a condition on the bucket's account",
    { identity: [allow(when("StringEquals", "s3:ResourceAccount", account))] },
    read,
    "allowed",
  ],
];

describe("Authorizer", () => {
  for (const [title, given, call, expected] of decisions)
    it(`${expected === "allowed" ? "allows" : "denies"} ${call.action} with ${title}`, async () => {
      const demanded = authorizer(given).demand(caller, [call]);
      if (expected === "allowed") return demanded;
      const resource = call.action.startsWith("s3:") ? `"${call.resource}"` : call.resource;
      const action = call.action.replace("?", "*");
      const who = `User: arn:aws:sts::${account}:assumed-role/training/SageMaker`;
      await assert.rejects(demanded, {
        name: "AccessDenied",
        message: `${who} is not authorized to perform: ${action} on resource: ${resource} ${why[expected].replace("ACTION", action)}`,
      });
    });

  it("denies all calls of a role that does not exist", async () => {
    const gone = { ...caller, role: `arn:aws:iam::${account}:role/gone` };
    await assert.rejects(authorizer(everything).demand(gone, [read]), AccessDenied);
  });

  it("names the first denied call of several", async () => {
    const some = authorizer({ identity: [allow({ Action: "s3:*" })] });
    await assert.rejects(some.demand(caller, [read, create, pull]), /perform: sagemaker:CreateTrainingJob on/);
  });

  const source = `arn:aws:sagemaker:us-east-1:${account}:training-job/x`;
  const service = (name: string) => ({ Principal: { Service: name }, Action: "sts:AssumeRole", Resource: undefined });
  const trusts: readonly (readonly [string, readonly object[], boolean])[] = [
    ["SageMaker", [allow(service("sagemaker.amazonaws.com"))], true],
    ["another service", [allow(service("ec2.amazonaws.com"))], false],
    ["nobody", [], false],
    ["a user", [allow({ ...toRole, Action: "sts:AssumeRole", Resource: undefined })], false],
    [
      "SageMaker for this account",
      [allow({ ...service("sagemaker.amazonaws.com"), ...when("StringEquals", "aws:SourceAccount", account) })],
      true,
    ],
    [
      "SageMaker for another account",
      [allow({ ...service("sagemaker.amazonaws.com"), ...when("StringEquals", "aws:SourceAccount", "999999999999") })],
      false,
    ],
    [
      "SageMaker for pipelines",
      [allow({ ...service("sagemaker.amazonaws.com"), ...when("ArnLike", "aws:SourceArn", "*:pipeline/*") })],
      false,
    ],
  ];
  for (const [who, statements, trusted] of trusts)
    it(`${trusted ? "lets SageMaker" : "does not let SageMaker"} assume a role for a job if the role trusts ${who}`, async () => {
      const trust = statements.map((statement) => JSON.parse(JSON.stringify(statement)) as object);
      const assumed = authorizer({ ...everything, trust }).demandRole(role, source);
      if (trusted) return assumed;
      await assert.rejects(assumed, {
        message: `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
      });
    });

  it("allows all calls and logs it once if the simulator is not installed", async () => {
    const logged: string[] = [];
    const missing = Object.assign(new Error("Cannot find package 'x' imported from y"), {
      code: "ERR_MODULE_NOT_FOUND",
    });
    const none = installedSimulator(
      (line) => logged.push(line),
      () => Promise.reject(missing),
    );
    const open = authorizer({}, { simulator: () => none, roles: { read: () => assert.fail() } });
    await open.demand(caller, [read, create]);
    await open.demandRole("arn:aws:iam::1:role/gone", source);
    assert.deepEqual(logged, [
      "The calls of roles are not checked, because @cloud-copilot/iam-simulate is missing (Cannot find package 'x' imported from y): run npm ci",
    ]);
  });

  it("allows an unknown action, and logs once that it cannot read an invalid policy", async () => {
    const logged: string[] = [];
    const log = (line: string) => logged.push(line);
    await authorizer({}, { log }).demand(caller, [{ action: "lambda:?", resource: "*" }]);
    assert.deepEqual(logged, []);
    const broken = authorizer({ identity: [{ Effect: "Perhaps", Action: "*", Resource: "*" }] }, { log });
    for (const call of [read, read]) await broken.demand(caller, [call]);
    assert.equal(logged.length, 1);
    assert.match(logged[0] ?? "", /^s3:GetObject is allowed without a check: /);
  });
});
