import assert from "node:assert/strict";
import { StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { definition, prelude, reported, scriptStep } from "../definitions.ts";
import { appears, bucket, createPipeline, discard, follow, put, role, run, start } from "../local-aws.ts";
import { type CheckedAws, type Statement, startCheckedAws } from "./checked-aws.ts";
import { requests } from "./requests-script.ts";

const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const denied = (action: string, resource: string) =>
  `User: arn:aws:sts::123456789012:assumed-role/test/SageMaker is not authorized to perform: ${action} on resource: ${resource} with an explicit deny in an identity-based policy`;
const secret = "arn:aws:s3:::test-bucket/secret";

type Row = readonly [name: string, request: readonly [string, string, object], answer: readonly [string, string]];

const rows: readonly Row[] = [
  [
    "reads an object",
    ["s3", "get_object", { Bucket: bucket, Key: "secret" }],
    ["AccessDenied", denied("s3:GetObject", `"${secret}"`)],
  ],
  ["reads an object's metadata", ["s3", "head_object", { Bucket: bucket, Key: "secret" }], ["403", "Forbidden"]],
  [
    "uploads a large object",
    ["s3", "put_object", { Bucket: bucket, Key: "secret", Body: 3_000_000 }],
    ["AccessDenied", denied("s3:PutObject", `"${secret}"`)],
  ],
  [
    "copies an object",
    ["s3", "copy_object", { Bucket: bucket, Key: "copy", CopySource: { Bucket: bucket, Key: "secret" } }],
    ["AccessDenied", denied("s3:GetObject", `"${secret}"`)],
  ],
  [
    "deletes allowed objects and a denied one",
    [
      "s3",
      "delete_objects",
      { Bucket: bucket, Delete: { Objects: [{ Key: "a&b" }, { Key: "secret" }, { Key: "c" }] } },
    ],
    ["a&b c", `secret: AccessDenied: ${denied("s3:DeleteObject", `"${secret}"`)}`],
  ],
  [
    "deletes only a denied object",
    ["s3", "delete_objects", { Bucket: bucket, Delete: { Objects: [{ Key: "secret" }], Quiet: true } }],
    ["", `secret: AccessDenied: ${denied("s3:DeleteObject", `"${secret}"`)}`],
  ],
  [
    "deletes only an allowed object",
    ["s3", "delete_objects", { Bucket: bucket, Delete: { Objects: [{ Key: "d" }] } }],
    ["d", ""],
  ],
  [
    "replaces the bucket's policy",
    ["s3", "put_bucket_policy", { Bucket: bucket, Policy: "{}" }],
    ["AccessDenied", denied("s3:PutBucketPolicy", `"arn:aws:s3:::${bucket}"`)],
  ],
  [
    "starts a pipeline",
    ["sagemaker", "start_pipeline_execution", { PipelineName: "Other" }],
    [
      "AccessDeniedException",
      denied("sagemaker:StartPipelineExecution", "arn:aws:sagemaker:us-east-1:123456789012:pipeline/Other"),
    ],
  ],
  [
    "reads a table",
    ["dynamodb", "describe_table", { TableName: "secret" }],
    ["AccessDeniedException", denied("dynamodb:DescribeTable", "arn:aws:dynamodb:us-east-1:123456789012:table/secret")],
  ],
  ["reads another object", ["s3", "get_object", { Bucket: bucket, Key: "open" }], ["allowed", "200"]],
  [
    "describes a job",
    ["sagemaker", "describe_training_job", { TrainingJobName: "Mine" }],
    [
      "AccessDeniedException",
      denied("sagemaker:DescribeTrainingJob", "arn:aws:sagemaker:us-east-1:123456789012:training-job/Mine"),
    ],
  ],
  ["lists pipelines", ["sagemaker", "list_pipelines", {}], ["allowed", "200"]],
  ["lists roles", ["iam", "list_roles", {}], ["AccessDenied", denied("iam:ListRoles", "*")]],
  ["reads a role", ["iam", "get_role", { RoleName: "test" }], ["allowed", "200"]],
  ["reads its identity", ["sts", "get_caller_identity", {}], ["allowed", "200"]],
  [
    "lists log groups",
    ["logs", "describe_log_groups", {}],
    ["AccessDeniedException", denied("logs:DescribeLogGroups", "*")],
  ],
  ["lists networks", ["ec2", "describe_vpcs", {}], ["UnauthorizedOperation", denied("ec2:DescribeVpcs", "*")]],
  ["lists functions", ["lambda", "list_functions", {}], ["allowed", "200"]],
];

describe("a job on an endpoint with `authorize`", function () {
  this.timeout(60_000);
  let aws: CheckedAws;
  const logged: string[] = [];

  before(async () => {
    aws = await startCheckedAws((line) => logged.push(line));
    await put(aws, "open", "1");
    await put(aws, "secret", "1");
  });
  beforeEach(() => aws.allow(everything));
  after(() => discard(aws));

  describe("that makes requests itself", () => {
    let answers: { readonly [name: string]: unknown };

    before(async () => {
      const actions = [
        "sagemaker:DescribeTrainingJob",
        "iam:ListRoles",
        "sts:GetCallerIdentity",
        "logs:DescribeLogGroups",
      ];
      const objects: Statement = {
        Effect: "Deny",
        Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
        Resource: secret,
      };
      const one = (Action: string, Resource: string): Statement => ({ Effect: "Deny", Action, Resource });
      const others: Statement = { Effect: "Deny", Action: [...actions, "ec2:DescribeVpcs"], Resource: "*" };
      await aws.allow(
        everything,
        objects,
        others,
        one("s3:PutBucketPolicy", `arn:aws:s3:::${bucket}`),
        one("sagemaker:StartPipelineExecution", "arn:aws:sagemaker:us-east-1:123456789012:pipeline/Other"),
        one("dynamodb:*", "arn:aws:dynamodb:us-east-1:123456789012:table/secret"),
      );
      const asked = JSON.stringify(rows.map(([name, request]) => [name, ...request]));
      // JSON's own spelling of a text is Python's, too.
      const code = await put(aws, "code/requests.py", `asked = ${JSON.stringify(asked)}\n${requests}`);
      await createPipeline(aws, "requests", definition([scriptStep({ name: "Ask", code })]));
      const { arn, status, steps } = await run(aws, "requests");
      assert.equal(status, "Succeeded", JSON.stringify(steps));
      const text = await appears(aws, `${arn.split("/").at(-1)}/Ask/out/report.json`);
      answers = JSON.parse(text).answers;
    });

    for (const [name, , answer] of rows)
      it(`${name} and gets the answer ${answer[0] === "" ? "an error for each object" : `"${answer[0]}"`}`, () => {
        assert.deepEqual(answers[name], answer);
      });

    it("does not affect the requests of users", async () => {
      assert.equal(await appears(aws, "secret"), "1");
      assert.deepEqual(logged, []);
    });
  });

  const ended: readonly (readonly [string, string, Record<string, string>, number, RegExp])[] = [
    ["sagemaker", "POST", { "x-amz-target": "SageMaker.ListPipelines" }, 400, /"ExpiredTokenException"/],
    ["sts", "POST", { "content-type": "application/x-www-form-urlencoded" }, 403, /<Code>ExpiredToken<\/Code>/],
    ["s3", "GET", {}, 400, /<Code>ExpiredToken<\/Code>/],
  ];
  const signed = (key: string, service: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  for (const [service, method, headers, status, words] of ended)
    it(`cannot use its credentials for ${service} after its end`, async () => {
      const authorization = signed("ASIALOCALABCDEFGHIJK", service);
      const answer = await fetch(`${aws.url}/`, { method, headers: { ...headers, authorization } });
      assert.equal(answer.status, status);
      assert.match(await answer.text(), words);
    });

  it("is not confused with a user who has temporary credentials of AWS", async () => {
    const answer = await fetch(`${aws.url}/`, { headers: { authorization: signed("ASIAABCDEFGHIJKLMNOP", "s3") } });
    assert.equal(answer.status, 200);
  });

  it("fails if the role does not allow SageMaker's calls for KMS keys and networks", async () => {
    const key = (name: string) => `arn:aws:kms:us-east-1:123456789012:key/${name}`;
    const code = await put(aws, "code/none.py", "pass");
    const step = scriptStep({ name: "Private", code });
    const { ProcessingOutputConfig, ProcessingResources } = step.Arguments;
    const Arguments = {
      ...step.Arguments,
      ProcessingOutputConfig: { ...ProcessingOutputConfig, KmsKeyId: key("a") },
      ProcessingResources: { ClusterConfig: { ...ProcessingResources.ClusterConfig, VolumeKmsKeyId: key("b") } },
      NetworkConfig: { VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] } },
    };
    await createPipeline(aws, "private", definition([{ ...step, Arguments }]));
    for (const [action, resource] of [
      ["kms:GenerateDataKey", key("a")],
      ["kms:CreateGrant", key("b")],
      ["ec2:CreateNetworkInterface", "arn:aws:ec2:us-east-1:123456789012:network-interface/*"],
      ["ec2:DescribeVpcs", "*"],
    ] as const) {
      await aws.allow({ Effect: "Allow", NotAction: action, Resource: "*" });
      const { steps } = await run(aws, "private");
      assert.equal(
        steps["Private"]?.FailureReason,
        `ClientError: User: arn:aws:sts::123456789012:assumed-role/test/SageMaker is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      );
    }
  });

  const conditions: readonly (readonly [string, object, boolean])[] = [
    ["the job's instance type", { "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": ["ml.m5.large"] } }, true],
    ["another instance type", { "ForAllValues:StringEquals": { "sagemaker:InstanceTypes": ["ml.m5.xlarge"] } }, false],
    ["a shorter maximum runtime", { NumericLessThan: { "sagemaker:MaxRuntimeInSeconds": "60" } }, false],
    ["the job's maximum runtime", { NumericLessThanEquals: { "sagemaker:MaxRuntimeInSeconds": "60" } }, true],
    ["the pipeline's role", { ArnEquals: { "aws:PrincipalArn": role } }, true],
    [
      "the job's region and account",
      { StringEquals: { "aws:RequestedRegion": "us-east-1", "aws:ResourceAccount": "123456789012" } },
      true,
    ],
    ["another region", { StringEquals: { "aws:RequestedRegion": "eu-central-1" } }, false],
    ["a subnet", { "ForAnyValue:StringEquals": { "sagemaker:VpcSubnets": ["subnet-1"] } }, false],
  ];
  for (const [what, Condition, allowed] of conditions)
    it(`is ${allowed ? "" : "not "}created if the policy has a condition on ${what}`, async () => {
      const code = await put(aws, "code/none.py", "pass");
      const name = `condition-${what.replaceAll(/\W+/g, "-")}`;
      // A created job fails at its input, because this policy does not allow s3:ListBucket. That is enough for this
      // test.
      await aws.allow(
        { Effect: "Allow", NotAction: ["sagemaker:CreateProcessingJob", "s3:ListBucket"], Resource: "*" },
        { Effect: "Allow", Action: "sagemaker:CreateProcessingJob", Resource: "*", Condition } as Statement,
      );
      await createPipeline(aws, name, definition([scriptStep({ name: "Made", code, maxSeconds: 60 })]));
      const { steps } = await run(aws, name);
      const words = allowed ? /Data download failed/ : /Failed to invoke sagemaker:CreateProcessingJob/;
      assert.match(steps["Made"]?.FailureReason ?? "", words);
    });

  it("is allowed all calls but s3:GetObject by AmazonSageMakerFullAccess if the bucket's name does not contain sagemaker", async () => {
    const code = await put(aws, "code/none.py", "pass");
    await createPipeline(aws, "managed", definition([scriptStep({ name: "Managed", code })]));
    await aws.allow({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" });
    await aws.attach("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess");
    const { steps } = await run(aws, "managed");
    await aws.detach("arn:aws:iam::aws:policy/AmazonSageMakerFullAccess");
    assert.match(
      steps["Managed"]?.FailureReason ?? "",
      /^ClientError: Data download failed:Unable to download object .* s3:GetObject on/,
    );
  });

  it("makes a condition step fail if the pipeline's role may not read the job's report", async () => {
    const code = await put(aws, "code/report.py", `${prelude}\nreport(value=1)\n`);
    const condition = { Type: "Equals", LeftValue: reported("Report", "value"), RightValue: 1 };
    const check = {
      Name: "Check",
      Type: "Condition",
      Arguments: { Conditions: [condition], IfSteps: [], ElseSteps: [] },
    };
    await createPipeline(aws, "report", definition([scriptStep({ name: "Report", code }), check]));
    await aws.allow(everything, { Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::*/report.json" });
    const { steps } = await run(aws, "report");
    assert.match(
      steps["Check"]?.FailureReason ?? "",
      /assumed-role\/test\/sagemaker-pipeline-\w+ is not authorized to perform: s3:GetObject on resource: ".*\/report\.json" with an explicit deny/,
    );
  });

  it("ends with a failure reason in its step if the pipeline's role may not stop it", async () => {
    const code = await put(aws, "code/wait.py", `${prelude}\ns3("PUT", "test-bucket/waiting", b"1")\ntime.sleep(60)\n`);
    await createPipeline(aws, "wait", definition([scriptStep({ name: "Wait", code })]));
    await aws.allow({ Effect: "Allow", NotAction: "sagemaker:StopProcessingJob", Resource: "*" });
    const arn = await start(aws, "wait");
    await appears(aws, "waiting");
    await aws.sagemaker.send(
      new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "x".repeat(32) }),
    );
    const { status, steps } = await follow(aws, arn);
    assert.equal(status, "Stopped");
    assert.match(
      steps["Wait"]?.FailureReason ?? "",
      /Failed to invoke sagemaker:StopProcessingJob\. .* allows the sagemaker:StopProcessingJob action$/,
    );
  });

  it("is not created with a role that does not exist", async () => {
    const code = await put(aws, "code/none.py", "pass");
    await createPipeline(aws, "nobody", definition([scriptStep({ name: "Nobody", code })]));
    await aws.deleteRole();
    const { steps } = await run(aws, "nobody");
    await aws.makeRole();
    assert.equal(
      steps["Nobody"]?.FailureReason,
      `ClientError: Failed to invoke sagemaker:CreateProcessingJob. Error Details: Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  });
});
