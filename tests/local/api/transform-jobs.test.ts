import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateModelCommand,
  type CreateModelCommandInput,
  CreateModelPackageCommand,
  CreateTransformJobCommand,
  type CreateTransformJobCommandInput,
  DescribeTransformJobCommand,
  type DescribeTransformJobCommandOutput,
  ListTagsCommand,
  ListTransformJobsCommand,
  StopTransformJobCommand,
} from "@aws-sdk/client-sagemaker";
import { definition, image, prelude } from "../definitions.ts";
import { putSource } from "../engine/training-job.ts";
import { type CheckedAws, type Statement, startCheckedAws } from "../iam/checked-aws.ts";
import { appears, bucket, createPipeline, discard, follow, put, role, start } from "../local-aws.ts";

/** An inference script that adds the values of each row, without any model data. */
const inference = `${prelude}
def model_fn(folder):
    if os.environ.get("WAITS"):
        s3("PUT", "${bucket}/waits", b"")
        time.sleep(600)
    if os.environ.get("FAILS"):
        raise ValueError("no model")
def input_fn(body, content_type):
    return [sum(map(float, row.split(","))) for row in body.decode().split()]
def predict_fn(sums, model):
    return sums
def output_fn(sums, accept):
    return "\\n".join(map(str, sums)), accept
`;

const everything: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
const but = (Action: string): Statement => ({ Effect: "Deny", Action, Resource: "*" });
const arn = (resource: string) => `arn:aws:sagemaker:us-east-1:123456789012:${resource}`;

describe("a transform job", function () {
  this.timeout(120_000);
  let aws: CheckedAws;
  let rows: string;

  const createModel = (ModelName: string, given: Partial<CreateModelCommandInput>) =>
    aws.sagemaker.send(new CreateModelCommand({ ModelName, ExecutionRoleArn: role, ...given }));

  const request = (
    TransformJobName: string,
    ModelName: string,
    S3Uri: string = rows,
  ): CreateTransformJobCommandInput => ({
    TransformJobName,
    ModelName,
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri } },
      ContentType: "text/csv",
      SplitType: "Line",
    },
    TransformOutput: { S3OutputPath: `s3://${bucket}/out`, AssembleWith: "Line", Accept: "text/csv" },
    TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
    Tags: [{ Key: "purpose", Value: "test" }],
  });
  const create = (...asked: Parameters<typeof request>) =>
    aws.sagemaker.send(new CreateTransformJobCommand(request(...asked)));

  const described = (TransformJobName: string) =>
    aws.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));
  const stop = (TransformJobName: string) => aws.sagemaker.send(new StopTransformJobCommand({ TransformJobName }));

  async function ended(name: string): Promise<DescribeTransformJobCommandOutput> {
    for (;;) {
      const job = await described(name);
      if (job.TransformEndTime !== undefined) return job;
      await delay(20);
    }
  }

  before(async () => {
    aws = await startCheckedAws();
    await aws.allow(everything);
    rows = await put(aws, "rows/a.csv", "1,2\n3,4\n");
    const source = await putSource(aws, { "inference.py": inference });
    const environment = { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: source };
    const InferenceSpecification = { Containers: [{ Image: image, Environment: environment }] };
    await aws.sagemaker.send(new CreateModelPackageCommand({ ModelPackageName: "sums", InferenceSpecification }));
    const container = { ModelPackageName: arn("model-package/sums") };
    await createModel("sums", { PrimaryContainer: container });
    await createModel("waits", { PrimaryContainer: { ...container, Environment: { WAITS: "1" } } });
    await createModel("fails", { PrimaryContainer: { ...container, Environment: { FAILS: "1" } } });
    await createModel("two", { Containers: [container, container] });
  });
  after(() => discard(aws));

  it("outside of a pipeline scores rows with a model from a model package, and is described, listed, tagged and logged", async () => {
    const { TransformJobArn } = await create("scores", "sums");
    assert.equal(TransformJobArn, arn("transform-job/scores"));
    assert.equal((await described("scores")).TransformJobStatus, "InProgress");
    const job = await ended("scores");
    assert.deepEqual([job.TransformJobStatus, job.FailureReason, job.ModelName], ["Completed", undefined, "sums"]);
    assert.equal("Tags" in job, false);
    assert.equal(await appears(aws, "out/a.csv.out"), "3.0\n7.0\n");
    const list = new ListTransformJobsCommand({ StatusEquals: "Completed" });
    const { TransformJobSummaries = [] } = await aws.sagemaker.send(list);
    assert.deepEqual(
      TransformJobSummaries.map((each) => each.TransformJobArn),
      [TransformJobArn],
    );
    const { Tags } = await aws.sagemaker.send(new ListTagsCommand({ ResourceArn: TransformJobArn }));
    assert.deepEqual(Tags, [{ Key: "purpose", Value: "test" }]);
    const logs = { logGroupName: "/aws/sagemaker/TransformJobs", logStreamNamePrefix: "scores/" };
    assert.equal((await aws.logs.send(new DescribeLogStreamsCommand(logs))).logStreams?.length, 1);
  });

  it("becomes Stopping and then Stopped on request, and cannot be stopped again", async () => {
    await create("stops", "waits");
    await appears(aws, "waits");
    await stop("stops");
    assert.match((await described("stops")).TransformJobStatus ?? "", /^Stopp(ing|ed)$/);
    assert.equal((await ended("stops")).TransformJobStatus, "Stopped");
    await assert.rejects(stop("stops"), {
      name: "ValidationException",
      message: "The request was rejected because the transform job is in status Stopped.",
    });
    await assert.rejects(stop("nothing"), { message: "Could not find job to update with name nothing" });
  });

  it("that belongs to a step stops its execution, too, when it is stopped", async () => {
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "waits" }));
    const { TransformJobName: _name, Tags: _tags, ...Arguments } = request("", "waits");
    await createPipeline(aws, "Waits", definition([{ Name: "Score", Type: "Transform", Arguments }]));
    const execution = await start(aws, "Waits");
    await appears(aws, "waits");
    const { steps } = await follow(aws, execution, (now) => now.steps["Score"]?.Metadata !== undefined);
    await stop(steps["Score"]?.Metadata?.TransformJob?.Arn?.split("/").at(-1) ?? assert.fail());
    const ended = await follow(aws, execution);
    assert.deepEqual([ended.status, ended.steps["Score"]?.StepStatus], ["Stopped", "Stopped"]);
  });

  it("fails with the error of its script", async () => {
    await create("fails", "fails");
    const job = await ended("fails");
    assert.equal(job.TransformJobStatus, "Failed");
    assert.match(job.FailureReason ?? "", /no model/);
  });

  it("is rejected without a model, without input, and with the name of another job", async () => {
    await assert.rejects(create("new", "nothing"), { message: `Could not find model "${arn("model/nothing")}".` });
    await assert.rejects(create("new", "two"), { name: "ValidationException", message: /has 2 containers/ });
    await assert.rejects(create("new", "sums", `s3://${bucket}/nothing`), {
      name: "ValidationException",
      message: `No S3 objects found under S3 URL "s3://${bucket}/nothing" given in input data source. Please ensure that the bucket exists in the selected region (us-east-1), that objects exist under that S3 prefix, and that the role "${role}" has "s3:ListBucket" permissions on bucket "${bucket}".`,
    });
    await assert.rejects(create("a b", "sums"), /at 'transformJobName' failed to satisfy constraint/);
    await create("twice", "sums");
    await assert.rejects(create("twice", "sums"), { name: "ResourceInUse", message: /transform-job\/twice/ });
    await ended("twice");
  });

  it("needs the permissions of its model's role", async () => {
    await aws.allow(everything, but("logs:CreateLogStream"));
    await create("unlogged", "sums");
    assert.match((await ended("unlogged")).FailureReason ?? "", /not authorized to perform: logs:CreateLogStream /);
    await aws.allow(everything, but("ecr:BatchGetImage"));
    await create("unpulled", "sums");
    assert.match((await ended("unpulled")).FailureReason ?? "", /^ClientError: Cannot pull algorithm container\./);
    await aws.allow(everything, but("s3:ListBucket"));
    await assert.rejects(create("unlisted", "sums"), /has "s3:ListBucket" permissions/);
    await aws.allow(everything, but("s3:GetObject"));
    const data = { Image: image, ModelDataUrl: rows };
    await assert.rejects(createModel("unread", { PrimaryContainer: data }), {
      name: "ValidationException",
      message: /^Could not access model data at .* not authorized to perform: s3:GetObject on resource/,
    });
    const other = `${role}-of-nobody`;
    await assert.rejects(createModel("unassumed", { PrimaryContainer: data, ExecutionRoleArn: other }), {
      message: `Could not assume role ${other}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    });
  });
});
