import {
  added,
  allowing,
  everyStatement,
  type Inputs,
  inputOf,
  type Plant,
  type Resources,
  setting,
  statements,
  without,
} from "./planting.ts";

/** A mistake to plant into the fully configured stack, and the checkov check that has to report it. */
export interface Misconfiguration {
  /** The check's identifier. Source: https://www.checkov.io/5.Policy%20Index/terraform.html */
  readonly check: string;
  readonly what: string;
  readonly plant: Plant;
}

type Row = readonly [Misconfiguration["check"], Misconfiguration["what"], Misconfiguration["plant"]];

function ofBucket(values: Inputs): (resources: Resources) => Inputs {
  return (resources) => ({ bucket: inputOf(resources, "Bucket", "bucket"), ...values });
}

function ofExecutionRole(values: Inputs): (resources: Resources) => Inputs {
  return (resources) => ({ role: inputOf(resources, "Role execution", "name"), ...values });
}

const s3: readonly Row[] = [
  ["CKV_AWS_53", "public ACLs that are not blocked", setting("BucketPublicAccessBlock", { blockPublicAcls: false })],
  [
    "CKV_AWS_54",
    "public policies that are not blocked",
    setting("BucketPublicAccessBlock", { blockPublicPolicy: false }),
  ],
  [
    "CKV_AWS_55",
    "existing public ACLs that stay in effect",
    setting("BucketPublicAccessBlock", { ignorePublicAcls: false }),
  ],
  [
    "CKV_AWS_56",
    "an existing public policy that stays in effect",
    setting("BucketPublicAccessBlock", { restrictPublicBuckets: false }),
  ],
  ["CKV2_AWS_6", "no public access block", without("BucketPublicAccessBlock")],
  [
    "CKV_AWS_20",
    "an ACL that lets everybody read",
    added("aws:s3/bucketAcl:BucketAcl", ofBucket({ acl: "public-read" })),
  ],
  [
    "CKV_AWS_57",
    "an ACL that lets everybody write",
    added("aws:s3/bucketAcl:BucketAcl", ofBucket({ acl: "public-read-write" })),
  ],
  ["CKV2_AWS_65", "ACLs in effect", setting("BucketOwnershipControls", { rule: { objectOwnership: "ObjectWriter" } })],
  [
    "CKV_AWS_70",
    "a bucket policy that allows every principal",
    everyStatement("BucketPolicy", { Effect: "Allow", Condition: undefined }),
  ],
  ["CKV_AWS_93", "a bucket policy that locks everybody out", everyStatement("BucketPolicy", { Condition: undefined })],
  [
    "CKV_AWS_21",
    "suspended versioning",
    setting("BucketVersioning", { versioningConfiguration: { status: "Suspended" } }),
  ],
  ["CKV_AWS_21", "no versioning", without("BucketVersioning")],
  [
    "CKV_AWS_145",
    "S3's keys in place of the KMS key",
    setting("BucketServerSideEncryptionConfiguration", {
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    }),
  ],
  ["CKV_AWS_145", "no encryption configuration", without("BucketServerSideEncryptionConfiguration")],
  ["CKV2_AWS_61", "no lifecycle configuration", without("BucketLifecycleConfiguration")],
  [
    "CKV_AWS_300",
    "multipart uploads that are never aborted",
    setting("BucketLifecycleConfiguration", {
      rules: [{ id: "a", status: "Enabled", filter: { prefix: "" }, expiration: { days: 3650 } }],
    }),
  ],
  ["CKV_AWS_18", "no access log", without("BucketLogging")],
];

const trust: readonly Row[] = [
  [
    "CKV_AWS_60",
    "a role that everybody may assume",
    everyStatement("Role execution", { Principal: { AWS: "*" }, Condition: undefined }),
  ],
  [
    "CKV_AWS_61",
    "a role that a whole account may assume",
    everyStatement("Role execution", {
      Principal: { AWS: "arn:aws:iam::111122223333:root" },
      Condition: undefined,
    }),
  ],
  [
    "CKV_AWS_393",
    "a role that every workflow on GitHub may assume",
    everyStatement("Role github-deploy", { Condition: undefined }),
  ],
  [
    "CKV_AWS_393",
    "a role that tokens of GitHub with any subject may assume",
    everyStatement("Role github-deploy", {
      Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "*" } },
    }),
  ],
];

const permissions: readonly Row[] = [
  ["CKV_AWS_62", "a role with every action on every resource", allowing("execution", "*")],
  ["CKV_AWS_63", "a deploy role with every action", allowing("github-deploy", "*")],
  ["CKV2_AWS_40", "a role with every action of IAM", allowing("execution", "iam:*")],
  ["CKV_AWS_286", "a role that can extend policies", allowing("execution", "iam:CreatePolicyVersion")],
  ["CKV_AWS_287", "a role that can create access keys", allowing("execution", "iam:CreateAccessKey")],
  ["CKV_AWS_288", "a role that can read every object", allowing("execution", "s3:GetObject")],
  ["CKV_AWS_289", "a role that can pass every role", allowing("execution", "iam:PassRole")],
  ["CKV_AWS_289", "a role that can change every bucket's policy", allowing("github-deploy", "s3:PutBucketPolicy")],
  ["CKV_AWS_290", "a role that can approve every model", allowing("execution", "sagemaker:UpdateModelPackage")],
  ["CKV_AWS_290", "a preview role that can write objects", allowing("github-preview", "s3:PutObject")],
  ["CKV_AWS_355", "a role that can decrypt with every key", allowing("execution", "kms:Decrypt")],
  [
    "CKV_AWS_274",
    "a role with the managed administrator policy",
    added(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      ofExecutionRole({ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    ),
  ],
  [
    "CKV2_AWS_56",
    "a role with the managed policy for all of IAM",
    added(
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      ofExecutionRole({ policyArn: "arn:aws:iam::aws:policy/IAMFullAccess" }),
    ),
  ],
];

const everyPrincipalOfKey = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
});

const others: readonly Row[] = [
  [
    "CKV_AWS_169",
    "a topic that everybody may publish to",
    everyStatement("TopicPolicy", { Effect: "Allow", Principal: "*", Condition: undefined }),
  ],
  [
    "CKV_AWS_385",
    "a topic that another account may publish to",
    everyStatement("TopicPolicy", {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Condition: undefined,
    }),
  ],
  ["CKV_AWS_66", "logs that are kept for ever", setting("LogGroup", { retentionInDays: undefined })],
  ["CKV_AWS_338", "logs that are kept for a month", setting("LogGroup", { retentionInDays: 30 })],
  ["CKV_AWS_7", "a key that is never rotated", added("aws:kms/key:Key", () => ({ enableKeyRotation: false }))],
  [
    "CKV_AWS_33",
    "a key that everybody may use",
    added("aws:kms/key:Key", () => ({ enableKeyRotation: true, policy: everyPrincipalOfKey })),
  ],
  [
    "CKV_AWS_24",
    "a security group that is open to SSH",
    added("aws:ec2/securityGroup:SecurityGroup", () => ({
      description: "jobs",
      ingress: [{ description: "x", fromPort: 22, toPort: 22, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
    })),
  ],
  [
    "CKV_AWS_51",
    "image tags that can be moved",
    added("aws:ecr/repository:Repository", () => ({ name: "training", imageTagMutability: "MUTABLE" })),
  ],
];

function misconfiguration([check, what, plant]: Row): Misconfiguration {
  return { check, what, plant };
}

export const misconfigurations: readonly Misconfiguration[] = [...s3, ...trust, ...permissions, ...others].map(
  misconfiguration,
);

/**
 * Mistakes that checkov's own check does not report: any repository of an organisation, and subjects after the
 * first. `tests/infra/github/trust-policy.test.ts` tests the trust policies with tokens of all kinds instead.
 */
export const overlooked: readonly Misconfiguration[] = (
  [
    [
      "CKV_AWS_393",
      "a role for every repository of an organisation",
      everyStatement("Role github-deploy", {
        Condition: { StringLike: { "token.actions.githubusercontent.com:sub": "repo:octo-org/*:*" } },
      }),
    ],
    [
      "CKV_AWS_393",
      "an open subject after a narrow one",
      statements("Role github-deploy", (all) =>
        all.map((statement) => ({
          ...statement,
          Condition: {
            StringLike: {
              "token.actions.githubusercontent.com:sub": ["repo:octo-org/octo-repo:ref:refs/heads/main", "*"],
            },
          },
        })),
      ),
    ],
  ] satisfies readonly Row[]
).map(misconfiguration);
