import type { RecordedResource } from "../record-stack.ts";

type Resources = readonly RecordedResource[];
type Inputs = Record<string, unknown>;

/** A mistake, planted into the resources of a stack with everything, and the check that has to find it. */
export interface Misconfiguration {
  readonly what: string;
  /** The check's identifier. Source: https://www.checkov.io/5.Policy%20Index/terraform.html */
  readonly check: string;
  readonly plant: (resources: Resources) => Resources;
}

/** The resources with one of them changed. @throws Error if there is none such, so that no mistake goes unplanted */
function changed(resources: Resources, type: string, change: (inputs: Inputs) => Inputs, name?: string): Resources {
  const index = resources.findIndex(
    (one) => one.type.endsWith(`:${type}`) && (name === undefined || one.name === name),
  );
  const found = resources[index];
  if (found === undefined) throw new Error(`there is no ${type} ${name ?? ""} to change`);
  return resources.with(index, { ...found, inputs: change(structuredClone(found.inputs)) });
}

function without(resources: Resources, type: string): Resources {
  const rest = resources.filter((one) => !one.type.endsWith(`:${type}`));
  if (rest.length === resources.length) throw new Error(`there is no ${type} to leave out`);
  return rest;
}

function added(resources: Resources, type: string, inputs: Inputs): Resources {
  return [...resources, { type, name: "planted", inputs, protect: false }];
}

/** A statement that somebody adds to the policy of the execution role. */
function allowing(...actions: readonly string[]) {
  return (resources: Resources): Resources =>
    changed(
      resources,
      "RolePolicy",
      (inputs) => {
        const policy = JSON.parse(String(inputs["policy"])) as { Statement: object[] };
        policy.Statement.push({ Sid: "Planted", Effect: "Allow", Action: actions, Resource: "*" });
        return { ...inputs, policy: JSON.stringify(policy) };
      },
      "execution",
    );
}

/** Another document in a property that is one. */
function document(type: string, property: string, change: (statement: Inputs) => void, name?: string) {
  return (resources: Resources): Resources =>
    changed(
      resources,
      type,
      (inputs) => {
        const policy = JSON.parse(String(inputs[property])) as { Statement: Inputs[] };
        for (const statement of policy.Statement) change(statement);
        return { ...inputs, [property]: JSON.stringify(policy) };
      },
      name,
    );
}

function setting(type: string, values: Inputs) {
  return (resources: Resources): Resources => changed(resources, type, (inputs) => ({ ...inputs, ...values }));
}

const planted: readonly (readonly [Misconfiguration["what"], Misconfiguration["check"], Misconfiguration["plant"]])[] =
  [
    ["public lists of who may what", "CKV_AWS_53", setting("BucketPublicAccessBlock", { blockPublicAcls: false })],
    ["public policies", "CKV_AWS_54", setting("BucketPublicAccessBlock", { blockPublicPolicy: false })],
    ["lists that are public already", "CKV_AWS_55", setting("BucketPublicAccessBlock", { ignorePublicAcls: false })],
    [
      "a bucket that is public already",
      "CKV_AWS_56",
      setting("BucketPublicAccessBlock", { restrictPublicBuckets: false }),
    ],
    ["no block of public access", "CKV2_AWS_6", (all) => without(all, "BucketPublicAccessBlock")],
    [
      "a bucket that everybody reads",
      "CKV_AWS_20",
      (all) => added(all, "aws:s3/bucketAcl:BucketAcl", { bucket: bucketOf(all), acl: "public-read" }),
    ],
    [
      "a bucket that everybody writes",
      "CKV_AWS_57",
      (all) => added(all, "aws:s3/bucketAcl:BucketAcl", { bucket: bucketOf(all), acl: "public-read-write" }),
    ],
    [
      "a policy that allows everybody",
      "CKV_AWS_70",
      document("BucketPolicy", "policy", (statement) =>
        Object.assign(statement, { Effect: "Allow", Condition: undefined }),
      ),
    ],
    [
      "suspended versions",
      "CKV_AWS_21",
      setting("BucketVersioning", { versioningConfiguration: { status: "Suspended" } }),
    ],
    ["no versions", "CKV_AWS_21", (all) => without(all, "BucketVersioning")],
    [
      "S3's own key where the stack has one",
      "CKV_AWS_145",
      setting("BucketServerSideEncryptionConfiguration", {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      }),
    ],
    ["no lifecycle", "CKV2_AWS_61", (all) => without(all, "BucketLifecycleConfiguration")],
    [
      "parts of uploads that stay for good",
      "CKV_AWS_300",
      setting("BucketLifecycleConfiguration", {
        rules: [{ id: "a", status: "Enabled", filter: { prefix: "" }, expiration: { days: 3650 } }],
      }),
    ],
    ["no log of requests", "CKV_AWS_18", (all) => without(all, "BucketLogging")],
    [
      "a role that everybody takes on",
      "CKV_AWS_60",
      document(
        "Role",
        "assumeRolePolicy",
        (statement) => Object.assign(statement, { Principal: { AWS: "*" } }),
        "execution",
      ),
    ],
    [
      "a role that the whole account takes on",
      "CKV_AWS_61",
      document(
        "Role",
        "assumeRolePolicy",
        (statement) =>
          Object.assign(statement, { Principal: { AWS: "arn:aws:iam::111122223333:root" }, Condition: undefined }),
        "execution",
      ),
    ],
    ["a role that may do everything", "CKV_AWS_62", allowing("*")],
    ["a role that may do everything with models and data", "CKV_AWS_288", allowing("s3:GetObject")],
    ["a role that gives itself rights", "CKV_AWS_286", allowing("iam:CreatePolicyVersion")],
    ["a role that hands out any role", "CKV_AWS_289", allowing("iam:PassRole", "iam:AttachRolePolicy")],
    ["a role that makes keys for users", "CKV_AWS_287", allowing("iam:CreateAccessKey")],
    ["a role that starts any machine", "CKV_AWS_290", allowing("ec2:RunInstances")],
    [
      "a role of administrators",
      "CKV_AWS_274",
      (all) =>
        added(all, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", {
          role: "x",
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
    ],
    [
      "a topic that everybody publishes to",
      "CKV_AWS_169",
      document("TopicPolicy", "policy", (statement) =>
        Object.assign(statement, { Effect: "Allow", Principal: "*", Condition: undefined }),
      ),
    ],
    ["logs of a month", "CKV_AWS_338", setting("LogGroup", { retentionInDays: 30 })],
    ["a key that stays the same", "CKV_AWS_7", (all) => added(all, "aws:kms/key:Key", { enableKeyRotation: false })],
    [
      "a security group that is open",
      "CKV_AWS_24",
      (all) =>
        added(all, "aws:ec2/securityGroup:SecurityGroup", {
          description: "jobs",
          ingress: [{ description: "x", fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
        }),
    ],
    [
      "images whose tags move",
      "CKV_AWS_51",
      (all) => added(all, "aws:ecr/repository:Repository", { name: "training", imageTagMutability: "MUTABLE" }),
    ],
  ];

export const misconfigurations: readonly Misconfiguration[] = planted.map(([what, check, plant]) => ({
  what,
  check,
  plant,
}));

function bucketOf(resources: Resources): unknown {
  return resources.find(({ type }) => type === "aws:s3/bucket:Bucket")?.inputs["bucket"];
}
