import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { definition, prelude, scriptStep } from "../definitions.ts";
import { bucket, createPipeline, put, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { channel, trainingStepDocument } from "./training-job.ts";

const train = (hyperparameters: object, data: unknown, cached = true) => ({
  ...trainingStepDocument("Train", {
    InputDataConfig: [channel("train", data), channel("validation", data)],
    HyperParameters: { objective: "reg:squarederror", num_round: "5", max_depth: "3", seed: "1", ...hyperparameters },
  }),
  ...(cached ? { CacheConfig: { Enabled: true, ExpireAfter: "P30D" } } : {}),
});

/** The script of a step that reads a trained model, as an evaluation does. */
const readModel = `${prelude}
import tarfile
with tarfile.open(base + "/processing/model/model.tar.gz") as archive:
    report(size=len(archive.extractfile("xgboost-model").read()))
`;

describe("training", () => {
  const aws = useLocalAws();
  let data: string;
  before(async function () {
    this.timeout(180_000);
    // The rows follow y = 3a - b without noise.
    const rows = Array.from({ length: 200 }, (_, i) => [3 * (i % 17) - (i % 5), i % 17, i % 5].join(","));
    data = await put(aws, "data/1/train.csv", `${rows.join("\n")}\n`);
  });

  const describeJob = async (arn: string | undefined) => {
    const TrainingJobName = arn?.split("/").at(-1);
    return aws.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
  };

  it("trains a model for the next step, uses the step cache, and trains the same bytes again", async function () {
    this.timeout(60_000);
    const code = await put(aws, "code/read.py", readModel);
    const steps = (cached: boolean) =>
      definition([
        train({}, data, cached),
        scriptStep({
          name: "Read",
          code,
          cached: true,
          inputs: [
            {
              InputName: "model",
              S3Input: {
                S3Uri: { Get: "Steps.Train.ModelArtifacts.S3ModelArtifacts" },
                LocalPath: "/opt/ml/processing/model",
                S3DataType: "S3Prefix",
                S3InputMode: "File",
              },
            },
          ],
        }),
      ]);
    await createPipeline(aws, "Train", steps(true));
    const first = await run(aws, "Train");
    assert.equal(first.steps["Train"]?.FailureReason, undefined);
    assert.equal(first.status, "Succeeded");
    const job = await describeJob(first.steps["Train"]?.Metadata?.TrainingJob?.Arn);
    assert.equal(job.TrainingJobStatus, "Completed");
    assert.equal(
      job.ModelArtifacts?.S3ModelArtifacts,
      `s3://${bucket}/models/${job.TrainingJobName}/output/model.tar.gz`,
    );
    assert.deepEqual(job.FinalMetricDataList?.map((metric) => metric.MetricName).sort(), [
      "train:rmse",
      "validation:rmse",
    ]);
    const second = await run(aws, "Train");
    assert.deepEqual(
      Object.values(second.steps).map((step) => step.CacheHitResult?.SourcePipelineExecutionArn),
      [first.arn, first.arn],
    );

    await createPipeline(aws, "Again", steps(false));
    const again = await run(aws, "Again");
    const repeated = await describeJob(again.steps["Train"]?.Metadata?.TrainingJob?.Arn);
    const bytes = async (uri = "") => {
      const object = await aws.s3.send(
        new GetObjectCommand({ Bucket: bucket, Key: uri.slice(`s3://${bucket}/`.length) }),
      );
      return Buffer.from((await object.Body?.transformToByteArray()) ?? []);
    };
    const [one, two] = [
      await bytes(job.ModelArtifacts?.S3ModelArtifacts),
      await bytes(repeated.ModelArtifacts?.S3ModelArtifacts),
    ];
    const sha256 = (content: Buffer) => createHash("sha256").update(content).digest("hex");
    assert.equal(sha256(one), sha256(two));
    assert.ok(gunzipSync(one).includes("xgboost-model"));
  });

  it("fails with the error message of the image", async function () {
    this.timeout(30_000);
    await createPipeline(aws, "Wrong", definition([train({ silent: "0" }, data)]));
    const ended = await run(aws, "Wrong");
    assert.equal(ended.status, "Failed");
    assert.match(
      ended.steps["Train"]?.FailureReason ?? "",
      /^AlgorithmError: .*Extraneous hyperparameter found: silent.*exit code: 1$/s,
    );
  });
});
