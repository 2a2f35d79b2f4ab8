import assert from "node:assert/strict";
import { DescribeLogStreamsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateModelCommand,
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelCommand,
  DescribeModelCommand,
  DescribeTransformJobCommand,
  ListModelsCommand,
  ListTransformJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { definition, image } from "../definitions.ts";
import { appears, bucket, createPipeline, type Followed, put, role, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { channel, putSource, runEach, trainingStepDocument } from "./training-job.ts";

const model = (name: string, container: object) => ({
  Name: name,
  Type: "Model",
  Arguments: { ExecutionRoleArn: role, PrimaryContainer: container },
});

const transform = (name: string, modelName: unknown, input: string, more: object = {}) => ({
  Name: name,
  Type: "Transform",
  Arguments: {
    ModelName: modelName,
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: input } },
      ContentType: "text/csv",
      SplitType: "Line",
    },
    TransformOutput: { S3OutputPath: `s3://${bucket}/${name}`, AssembleWith: "Line", Accept: "text/csv" },
    TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
    ...more,
  },
});

/** An inference script that doubles the model's predictions. */
const inference = `
import os, numpy, xgboost
def model_fn(folder):
    booster = xgboost.Booster()
    booster.load_model(bytearray(open(os.path.join(folder, "xgboost-model"), "rb").read()))
    return booster
def predict_fn(data, booster):
    assert os.environ["SAGEMAKER_BATCH"] == "true"
    return booster.predict(data) * 0 + data.num_col()
`;

const numbers = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(",").map(Number));

describe("models and batch inference", function () {
  this.timeout(120_000);
  const aws = useLocalAws();
  let ended: Followed;
  let input: string;
  before(async () => {
    // The rows follow y = 3a - b without noise.
    const rows = Array.from({ length: 200 }, (_, i) => [3 * (i % 17) - (i % 5), i % 17, i % 5].join(","));
    const data = await put(aws, "data/train.csv", `${rows.join("\n")}\n`);
    await put(aws, "in/a.csv", "7,0,4\n8,16,0\n");
    await put(aws, "in/sub/b.csv", "9,16,0\n");
    await put(aws, "in_small/c.csv", "9,16,0\n");
    input = `s3://${bucket}/in`;
    const source = await putSource(aws, { "inference.py": inference });
    const ModelDataUrl = { Get: "Steps.Train.ModelArtifacts.S3ModelArtifacts" };
    const steps = [
      trainingStepDocument("Train", {
        InputDataConfig: [channel("train", data)],
        HyperParameters: { objective: "reg:squarederror", num_round: "20", max_depth: "4" },
      }),
      model("Algorithm", { Image: image, ModelDataUrl }),
      model("Script", {
        Image: image,
        ModelDataUrl,
        Environment: { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: source },
      }),
      transform("Scores", { Get: "Steps.Algorithm.ModelName" }, input, {
        DataProcessing: { InputFilter: "$[1:]", JoinSource: "Input", OutputFilter: "$[0,-1]" },
      }),
      transform("Scripted", { Get: "Steps.Script.ModelName" }, input, {
        BatchStrategy: "SingleRecord",
        DataProcessing: { InputFilter: "$[1:]" },
      }),
    ];
    await createPipeline(aws, "Batch", definition(steps));
    ended = await run(aws, "Batch");
  });

  it("scores each input object with the trained model and joins the ids", async () => {
    assert.deepEqual(
      Object.values(ended.steps).map((step) => [step.StepName, step.FailureReason]),
      Object.keys(ended.steps).map((name) => [name, undefined]),
    );
    const [low, high] = numbers(await appears(aws, "Scores/a.csv.out"));
    const [again] = numbers(await appears(aws, "Scores/sub/b.csv.out"));
    assert.deepEqual([low?.[0], high?.[0], again?.[0]], [7, 8, 9]);
    assert.ok((low?.[1] ?? 0) < 5 && (high?.[1] ?? 0) > 40, JSON.stringify([low, high]));
    assert.equal(again?.[1], high?.[1]);
    // The key of this object begins with the S3Prefix `in`, although it is not in the folder `in/`.
    assert.deepEqual(numbers(await appears(aws, "Scores/in_small/c.csv.out")), [again]);
  });

  it("scores with the user's inference script", async () => {
    assert.deepEqual(numbers(await appears(aws, "Scripted/a.csv.out")), [[2], [2]]);
  });

  it("describes and lists the transform job and its model", async () => {
    const arn = ended.steps["Scores"]?.Metadata?.TransformJob?.Arn ?? "";
    const TransformJobName = arn.split("/").at(-1);
    const job = await aws.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));
    assert.deepEqual([job.TransformJobStatus, job.TransformJobArn], ["Completed", arn]);
    const jobs = await aws.sagemaker.send(new ListTransformJobsCommand({ NameContains: "-Scores-" }));
    assert.deepEqual(
      jobs.TransformJobSummaries?.map((each) => each.TransformJobName),
      [job.TransformJobName],
    );
    const made = await aws.sagemaker.send(new DescribeModelCommand({ ModelName: job.ModelName }));
    assert.match(made.PrimaryContainer?.ModelDataUrl ?? "", /\/output\/model\.tar\.gz$/);
    assert.equal(made.ModelArn, ended.steps["Algorithm"]?.Metadata?.Model?.Arn);
    const models = await aws.sagemaker.send(new ListModelsCommand({ SortBy: "Name", SortOrder: "Ascending" }));
    assert.deepEqual(
      models.Models?.map((each) => each.ModelName?.split("-").at(-2)),
      ["Algorithm", "Script"],
    );
    const logGroupName = "/aws/sagemaker/TransformJobs";
    const logs = await aws.logs.send(
      new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${job.TransformJobName}/` }),
    );
    assert.equal(logs.logStreams?.length, 1);
  });

  it("scores with a registered model package, and rejects invalid models", async () => {
    const url = (await aws.sagemaker.send(new ListModelsCommand({ NameContains: "-Algorithm-" }))).Models?.[0]
      ?.ModelName;
    const { PrimaryContainer } = await aws.sagemaker.send(new DescribeModelCommand({ ModelName: url }));
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: "group" }));
    const { ModelPackageArn: ModelPackageName } = await aws.sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: "group",
        InferenceSpecification: { Containers: [{ Image: image, ModelDataUrl: PrimaryContainer?.ModelDataUrl }] },
      }),
    );
    const create = (container: object, ModelName: string) =>
      aws.sagemaker.send(new CreateModelCommand({ ModelName, ExecutionRoleArn: role, PrimaryContainer: container }));
    const { ModelArn } = await create({ ModelPackageName }, "packaged");
    await assert.rejects(create({ ModelPackageName }, "packaged"), {
      name: "ValidationException",
      message: `Cannot create already existing model "${ModelArn}".`,
    });
    await create({ Image: image, ModelDataUrl: await put(aws, "models/none", "no archive") }, "broken");
    const wide = { TransformInput: { ...transform("x", "", input).Arguments.TransformInput, SplitType: "RecordIO" } };
    const steps = await runEach(aws, [
      transform("Packaged", "packaged", `s3://${bucket}/in/a.csv`, { DataProcessing: { InputFilter: "$[1:]" } }),
      transform("Unknown", "nobody", input),
      transform("Broken", "broken", input),
      transform("RecordIO", "packaged", input, wide),
      transform("Filter", "packaged", input, { DataProcessing: { InputFilter: "$[9]" } }),
      transform("Wide", "packaged", input),
      transform("Accept", "packaged", input, {
        DataProcessing: { InputFilter: "$[1:]" },
        TransformOutput: { S3OutputPath: `s3://${bucket}/x`, Accept: "image/png" },
      }),
    ]);
    assert.equal(steps["Packaged"]?.FailureReason, undefined);
    assert.equal((await appears(aws, "Packaged/a.csv.out")).split("\n").length, 3);
    const reasons: readonly [string, RegExp][] = [
      [
        "Unknown",
        /^ClientError: Failed to invoke sagemaker:CreateTransformJob\. Error Details: Could not find model "arn:aws:sagemaker:us-east-1:123456789012:model\/nobody"\.$/,
      ],
      ["Broken", /^ClientError: s3:\/\/test-bucket\/models\/none is not a \.tar\.gz archive/],
      ["RecordIO", /^ClientError: the SplitType RecordIO does not run locally/],
      ["Filter", /^ClientError: a filter selects the index 9 of a record with 3 element/],
      [
        "Accept",
        /^AlgorithmError: Bad HTTP status returned from invoke: 415: image\/png is not an accepted Accept type/,
      ],
    ];
    for (const [name, reason] of reasons) assert.match(steps[name]?.FailureReason ?? "", reason);
  });

  it("rejects a model and a model package whose data does not exist", async () => {
    const missing = `s3://${bucket}/models/non`;
    const expected = { name: "ValidationException", message: `Could not find model data at ${missing}.` };
    const containers: readonly object[] = [
      { Image: image, ModelDataUrl: missing },
      {
        Image: image,
        ModelDataSource: { S3DataSource: { S3Uri: missing, S3DataType: "S3Object", CompressionType: "Gzip" } },
      },
    ];
    for (const container of containers) {
      const PrimaryContainer = container as { Image: string };
      const create = new CreateModelCommand({ ModelName: "none", ExecutionRoleArn: role, PrimaryContainer });
      await assert.rejects(aws.sagemaker.send(create), expected);
      const InferenceSpecification = { Containers: [PrimaryContainer] };
      const register = new CreateModelPackageCommand({ ModelPackageGroupName: "group", InferenceSpecification });
      await assert.rejects(aws.sagemaker.send(register), expected);
    }
    const register = {
      Name: "NoPackage",
      Type: "RegisterModel",
      Arguments: {
        ModelPackageGroupName: "group",
        InferenceSpecification: { Containers: [{ Image: image, ModelDataUrl: "s3://no-such-bucket/m" }] },
      },
    };
    const steps = await runEach(aws, [model("NoData", { Image: image, ModelDataUrl: missing }), register]);
    assert.deepEqual(
      [steps["NoData"]?.FailureReason, steps["NoPackage"]?.FailureReason],
      [
        `ClientError: Failed to invoke sagemaker:CreateModel. Error Details: Could not find model data at ${missing}.`,
        "ClientError: Failed to invoke sagemaker:CreateModelPackage. Error Details: Could not find model data at s3://no-such-bucket/m.",
      ],
    );
  });

  it("deletes a model, and rejects a second deletion", async () => {
    await aws.sagemaker.send(new DeleteModelCommand({ ModelName: "broken" }));
    await assert.rejects(aws.sagemaker.send(new DeleteModelCommand({ ModelName: "broken" })), {
      name: "ValidationException",
      message: 'Could not find model "arn:aws:sagemaker:us-east-1:123456789012:model/broken".',
    });
  });
});
