import assert from "node:assert/strict";
import { DeleteRolePermissionsBoundaryCommand, PutRolePermissionsBoundaryCommand } from "@aws-sdk/client-iam";
import { GetBucketPolicyCommand, PutBucketPolicyCommand } from "@aws-sdk/client-s3";
import { discard } from "../local-aws.ts";
import { type Policy, StackRole, without } from "./stack-role.ts";

const account = "123456789012";
const user = `User: arn:aws:sts::${account}:assumed-role/training-local-execution-us-east-1`;
const [split, train, register] = ["SplitChirps", "FitLine", "RegisterLine"];
const bucket = `arn:aws:s3:::training-local-${account}-us-east-1`;
const sagemaker = (resource: string) => `arn:aws:sagemaker:us-east-1:${account}:${resource}`;
const log = (resource: string) => `arn:aws:logs:us-east-1:${account}:log-group:/aws/sagemaker/${resource}`;
const image = "arn:aws:ecr:us-east-1:683313688378:repository/sagemaker-xgboost";
const cut = (step: string) => step.slice(0, 20);

/** The beginning, session and resource of a failure reason, for a denied call of the pipeline. */
const pipeline = (operation: string, step: string, resource: string) =>
  [
    `ClientError: Failed to invoke sagemaker:${operation}. Error Details: `,
    `/sagemaker-pipeline-ID-${cut(step)}`,
    resource,
  ] as const;
const service = (resource: string, words = "") => [`ClientError: ${words}`, "/SageMaker", resource] as const;
const pull = "Cannot pull algorithm container. Either the image does not exist or its permissions are incorrect. ";
const job = (kind: string, step: string) => sagemaker(`${kind}/pipelines-ID-${step.slice(0, 20)}-RANDOM`);
const stream = (kind: string, step: string) =>
  `${log(kind)}:log-stream:pipelines-ID-${step.slice(0, 20)}-RANDOM/algo-1-TIME`;

type Denied = readonly [action: string, words: readonly [begin: string, session: string, resource: string]];

/**
 * Each action and the failure reason without it, in the order of the steps that fail. The steps before come from the
 * step cache, so each row runs at most one job.
 */
const denials: readonly Denied[] = [
  ["sagemaker:CreateProcessingJob", pipeline("CreateProcessingJob", split, job("processing-job", split))],
  ["sagemaker:AddTags", pipeline("CreateProcessingJob", split, job("processing-job", split))],
  [
    "iam:PassRole",
    pipeline("CreateProcessingJob", split, `arn:aws:iam::${account}:role/training-local-execution-us-east-1`),
  ],
  ["sagemaker:DescribeProcessingJob", pipeline("DescribeProcessingJob", split, job("processing-job", split))],
  ["ecr:GetAuthorizationToken", service("*", pull)],
  ["ecr:BatchCheckLayerAvailability", service(image, pull)],
  ["ecr:BatchGetImage", service(image, pull)],
  ["ecr:GetDownloadUrlForLayer", service(image, pull)],
  ["logs:CreateLogGroup", service(log("ProcessingJobs"))],
  ["logs:DescribeLogStreams", service(log("ProcessingJobs"))],
  ["logs:CreateLogStream", service(stream("ProcessingJobs", split))],
  ["logs:PutLogEvents", service(stream("ProcessingJobs", split))],
  ["cloudwatch:PutMetricData", service("*")],
  ["s3:ListBucket", service(`"${bucket}"`, "Data download failed: s3://BUCKET/KEY cannot be listed: ")],
  [
    "s3:GetObject",
    service(`"${bucket}/KEY"`, "Data download failed:Unable to download object s3://BUCKET/KEY (AccessDenied: "),
  ],
  [
    "s3:PutObject",
    service(`"${bucket}/KEY"`, "Artifact upload failed:Unable to upload object s3://BUCKET/KEY (AccessDenied: "),
  ],
  ["sagemaker:CreateTrainingJob", pipeline("CreateTrainingJob", train, job("training-job", train))],
  ["sagemaker:DescribeTrainingJob", pipeline("DescribeTrainingJob", train, job("training-job", train))],
];
const registrations: readonly Denied[] = [
  [
    "sagemaker:CreateModelPackageGroup",
    pipeline("CreateModelPackageGroup", register, sagemaker("model-package-group/crickets-training-local")),
  ],
  [
    "sagemaker:CreateModelPackage",
    pipeline("CreateModelPackage", register, sagemaker("model-package/crickets-training-local/N")),
  ],
  [
    "sagemaker:DescribeModelPackage",
    pipeline("DescribeModelPackage", register, sagemaker("model-package/crickets-training-local/N")),
  ],
];

/** Replaces random parts and hashes in a failure reason. */
function settled(reason: string): string {
  return reason
    .replaceAll(/pipelines-\w{12}-(\w+)-\w{10}/g, "pipelines-ID-$1-RANDOM")
    .replaceAll(/sagemaker-pipeline-\w{12}/g, "sagemaker-pipeline-ID")
    .replaceAll(/algo-1-\d+/g, "algo-1-TIME")
    .replaceAll(/s3:\/\/training-local-\d+-us-east-1\/[^\s)]+/g, "s3://BUCKET/KEY")
    .replaceAll(/(arn:aws:s3:::[\w-]+)\/[^"]+/g, "$1/KEY")
    .replaceAll(/(model-package\/[\w-]+)\/\d+/g, "$1/N");
}

describe("the crickets pipeline with its stack's role and `authorize`", function () {
  this.timeout(300_000);
  let role: StackRole;
  let policy: Policy;
  const logged: string[] = [];

  before(async () => {
    role = await StackRole.make((line) => logged.push(line));
    policy = await role.policy();
  });
  after(() => discard(role?.aws));
  afterEach(() => role.putPolicy(policy));

  async function reasons(): Promise<readonly string[]> {
    return (await role.reasons()).map(settled);
  }

  function failsWithout(rows: readonly Denied[]): void {
    for (const [action, [begin, session, resource]] of rows)
      it(`fails without ${action} and names it in the failure reason`, async () => {
        await role.putPolicy(without(policy, action));
        const denied = `${user}${session} is not authorized to perform: ${action} on resource: ${resource}`;
        const end = begin.endsWith("(AccessDenied: ") ? ")" : "";
        assert.deepEqual(await reasons(), [
          `${begin}${denied} because no identity-based policy allows the ${action} action${end}`,
        ]);
      });
  }

  failsWithout(denials);

  it("succeeds with the stack's own policy, and all calls are checked", async () => {
    const { status, reason, steps } = await role.run();
    assert.equal(status, "Succeeded", `${reason} ${JSON.stringify(steps)}`);
    assert.deepEqual(logged, []);
  });

  failsWithout(registrations);

  it("fails if the role's policy denies a call", async () => {
    const deny = { Sid: "No", Effect: "Deny" as const, Action: ["sagemaker:Create*"], Resource: ["*"] };
    await role.putPolicy({ ...policy, Statement: [...policy.Statement, deny] });
    assert.deepEqual(await reasons(), [
      `ClientError: Failed to invoke sagemaker:CreateModelPackageGroup. Error Details: ${user}/sagemaker-pipeline-ID-${cut(register)} is not authorized to perform: sagemaker:CreateModelPackageGroup on resource: ${sagemaker("model-package-group/crickets-training-local")} with an explicit deny in an identity-based policy`,
    ]);
  });

  it("fails if the permissions boundary does not allow a call", async () => {
    const boundary = { Sid: "S3", Effect: "Allow" as const, Action: ["s3:*"], Resource: ["*"] };
    const PermissionsBoundary = await role.makePolicy("only-s3", { Version: "2012-10-17", Statement: [boundary] });
    const RoleName = role.arn.split("/").at(-1);
    await role.iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    const [reason] = await reasons();
    await role.iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName }));
    assert.match(
      reason ?? "",
      /sagemaker:CreateModelPackageGroup .* because no permissions boundary allows the sagemaker:CreateModelPackageGroup action$/,
    );
  });

  it("fails if the bucket's policy denies a call", async () => {
    const { Policy: text = "" } = await role.aws.s3.send(new GetBucketPolicyCommand({ Bucket: role.bucket }));
    const tls = JSON.parse(text) as Policy;
    const Principal = { AWS: role.arn };
    const deny = { Sid: "No", Effect: "Deny", Principal, Action: "s3:GetObject", Resource: `${bucket}/*` };
    const denied = JSON.stringify({ ...tls, Statement: [...tls.Statement, deny] });
    await role.aws.s3.send(new PutBucketPolicyCommand({ Bucket: role.bucket, Policy: denied }));
    const [reason] = await reasons();
    await role.aws.s3.send(new PutBucketPolicyCommand({ Bucket: role.bucket, Policy: text }));
    assert.match(reason ?? "", /s3:GetObject on resource: ".*" with an explicit deny in a resource-based policy/);
  });

  it("fails if the role's trust policy does not allow SageMaker or this account", async () => {
    const trust = await role.trust();
    for (const [from, to] of [
      ["sagemaker.amazonaws.com", "ec2.amazonaws.com"],
      [`"${account}"`, '"999999999999"'],
    ] as const) {
      assert.ok(trust.includes(from));
      await role.putTrust(trust.replace(from, to));
      assert.deepEqual(await reasons(), [
        `ClientError: Failed to invoke sagemaker:CreateModelPackageGroup. Error Details: Could not assume role ${role.arn}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
      ]);
    }
    await role.putTrust(trust);
  });
});
