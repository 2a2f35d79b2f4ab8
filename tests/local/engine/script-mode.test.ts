import assert from "node:assert/strict";
import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { DescribeTrainingJobCommand, SearchCommand, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { create } from "tar";
import { definition, image } from "../definitions.ts";
import { appears, bucket, createPipeline, follow, put, start } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { archived, channel, putSource, runEach, script, trainingStepDocument } from "./training-job.ts";

/** A script that uses the toolkit's paths and variables and a module beside it, and writes a file for each output. */
const train = `
import argparse, os, sys, helper, numpy
parser = argparse.ArgumentParser()
parser.add_argument("--eta", type=float)
parser.add_argument("--train", default=os.environ["SM_CHANNEL_TRAIN"])
given = parser.parse_args()
rows = open(given.train + "/train.csv").read()
resumed = sorted(os.listdir("/opt/ml/checkpoints")) + sorted(os.listdir(given.train))
open("/opt/ml/model/model.txt", "w").write(f"{helper.twice(given.eta)} {rows} {resumed}")
open(os.environ["SM_OUTPUT_DATA_DIR"] + "/report.txt", "w").write(sys.prefix)
open("/opt/ml/checkpoints/2.txt", "w").write("two")
`;

describe("script mode", function () {
  this.timeout(120_000);
  const aws = useLocalAws();
  let data: string;
  let ended: Awaited<ReturnType<typeof runEach>>;
  before(async () => {
    data = await put(aws, "data/1/train.csv", "1,2");
    await put(aws, "data/10/train.csv", "3,4");
    await put(aws, "checkpoints/1.txt", "one");
    await put(aws, "checkpoints-old/0.txt", "zero");
    const good = await putSource(aws, {
      "train.py": train,
      "helper.py": "def twice(x): return 2 * x",
      "requirements.txt": "numpy>=2\n",
    });
    const bad = await putSource(aws, {
      "train.py": `
import os, sys
open("/opt/ml/model/half.txt", "w").write("half")
open(os.environ["SM_OUTPUT_DATA_DIR"] + "/log.txt", "w").write("why")
print("no data", file=sys.stderr)
sys.exit(7)
`,
    });
    const own = await putSource(aws, {
      "train.py": 'open("/opt/ml/output/failure", "w").write("the reason")\nraise ValueError',
    });
    const InputDataConfig = [channel("train", data.replace("/train.csv", ""))];
    const steps = {
      Good: {
        HyperParameters: script(good, { eta: "0.10" }),
        InputDataConfig,
        CheckpointConfig: { S3Uri: `s3://${bucket}/checkpoints` },
      },
      Bad: { HyperParameters: script(bad, { eta: "1" }) },
      Own: { HyperParameters: script(own) },
      Missing: { HyperParameters: script(good, {}, "other.py") },
      Trick: { HyperParameters: script(await trick()) },
      Entry: {
        AlgorithmSpecification: {
          TrainingImage: image,
          TrainingInputMode: "File",
          ContainerEntrypoint: ["/bin/sh", "-c"],
          ContainerArguments: ['echo "$TRAINING_JOB_NAME" > /opt/ml/model/name'],
        },
        OutputDataConfig: { S3OutputPath: `s3://${bucket}/plain`, CompressionType: "NONE" },
      },
    };
    ended = await runEach(
      aws,
      Object.entries(steps).map(([name, args]) => trainingStepDocument(name, args)),
    );
  });

  /** Uploads an archive with an entry outside of the source directory. */
  async function trick(): Promise<string> {
    const chunks: Buffer[] = [];
    const archive = create({ gzip: true, cwd: import.meta.dirname, preservePaths: true }, ["../local-aws.ts"]);
    for await (const chunk of archive) chunks.push(chunk as Buffer);
    await aws.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "code/trick.tar.gz", Body: Buffer.concat(chunks) }));
    return `s3://${bucket}/code/trick.tar.gz`;
  }

  const jobOf = (step: string) => {
    const name = ended[step]?.Metadata?.TrainingJob?.Arn?.split("/").at(-1);
    return aws.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: name }));
  };

  it("runs the SDK's source directory with the hyperparameters as arguments and uploads the model", async () => {
    assert.equal(ended["Good"]?.FailureReason, undefined);
    const job = await jobOf("Good");
    assert.deepEqual(await archived(aws, job.ModelArtifacts?.S3ModelArtifacts), {
      "model.txt": "0.2 1,2 ['1.txt', '10', 'train.csv']",
    });
  });

  it("uploads /opt/ml/output/data as output.tar.gz", async () => {
    const job = await jobOf("Good");
    const uri = job.ModelArtifacts?.S3ModelArtifacts?.replace("model.tar.gz", "output.tar.gz");
    assert.match((await archived(aws, uri))["report.txt"] ?? "", new RegExp(`${job.TrainingJobName}/python$`));
  });

  it("downloads checkpoints and uploads new ones", async () => {
    assert.equal(await appears(aws, "checkpoints/2.txt"), "two");
  });

  it("reports each secondary status", async () => {
    const transitions = (await jobOf("Good")).SecondaryStatusTransitions ?? [];
    assert.deepEqual(
      transitions.map(({ Status }) => Status),
      ["Starting", "Downloading", "Training", "Uploading", "Completed"],
    );
    assert.ok(transitions.every(({ EndTime, StatusMessage }) => EndTime !== undefined && StatusMessage !== ""));
  });

  it("logs the image's Python first, and installs requirements.txt", async () => {
    const name = (await jobOf("Good")).TrainingJobName ?? "";
    const logGroupName = "/aws/sagemaker/TrainingJobs";
    const streams = await aws.logs.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: name }));
    const logStreamName = streams.logStreams?.[0]?.logStreamName;
    const log = await aws.logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true }));
    const lines = (log.events ?? []).map((event) => event.message ?? "");
    assert.match(lines[0] ?? "", /sagemaker-xgboost:3\.0-5 runs locally in /);
    assert.ok(
      lines.some((line) => /Requirement already satisfied: numpy/.test(line)),
      lines.join("\n"),
    );
    assert.ok(lines.includes("python3 -m train --eta 0.1"));
  });

  const failures: readonly [string, string, RegExp][] = [
    [
      "a script that exits with 7",
      "Bad",
      /^AlgorithmError: ExecuteUserScriptError:\nExitCode 7\nErrorMessage "no data"\nCommand "python3 -m train --eta 1", exit code: 1$/,
    ],
    ["a reason in /opt/ml/output/failure", "Own", /^AlgorithmError: the reason, exit code: 1$/],
    ["a missing script", "Missing", /^ClientError: the script other\.py is not in s3:/],
    [
      "an archive that leaves its folder",
      "Trick",
      /^ClientError: .*trick\.tar\.gz is rejected: its entry "\.\.\/local-aws\.ts" leaves its folder$/,
    ],
  ];
  for (const [title, step, expected] of failures) {
    it(`fails with the image's error message for ${title}`, () =>
      assert.match(ended[step]?.FailureReason ?? "", expected));
  }

  it("uploads the model and the output data of a failed job", async () => {
    const job = await jobOf("Bad");
    const uri = job.ModelArtifacts?.S3ModelArtifacts;
    assert.equal(job.TrainingJobStatus, "Failed");
    assert.deepEqual(await archived(aws, uri), { "half.txt": "half" });
    assert.deepEqual(await archived(aws, uri?.replace("model.tar.gz", "output.tar.gz")), { "log.txt": "why" });
    assert.deepEqual(
      job.SecondaryStatusTransitions?.map(({ Status }) => Status),
      ["Starting", "Downloading", "Training", "Uploading", "Failed"],
    );
  });

  it("finds a training job by a nested filter on a channel, a hyperparameter and its status", async () => {
    const filter = (Name: string, Value: string, Operator: "Equals" | "LessThan" = "Equals") => ({
      Name,
      Operator,
      Value,
    });
    const search = new SearchCommand({
      Resource: "TrainingJob",
      SearchExpression: {
        Filters: [filter("TrainingJobStatus", "Completed"), filter("HyperParameters.eta", "0.2", "LessThan")],
        NestedFilters: [
          { NestedPropertyName: "InputDataConfig", Filters: [filter("InputDataConfig.ChannelName", "train")] },
        ],
      },
    });
    const { Results } = await aws.sagemaker.send(search);
    assert.deepEqual(
      Results?.map((each) => each.TrainingJob?.TrainingJobArn),
      [ended["Good"]?.Metadata?.TrainingJob?.Arn],
    );
  });

  it("runs the step's own entry point, and uploads the model uncompressed if the step says so", async () => {
    const job = await jobOf("Entry");
    const folder = `plain/${job.TrainingJobName}/output/model/`;
    assert.equal(job.ModelArtifacts?.S3ModelArtifacts, `s3://${bucket}/${folder}`);
    assert.equal(await appears(aws, `${folder}name`), `${job.TrainingJobName}\n`);
  });

  it("uploads the model that a stopped job has saved", async () => {
    const stopped = await putSource(aws, {
      "train.py": `
import signal, sys, time
def save(*_):
    open("/opt/ml/model/partial", "w").write("half")
    sys.exit(0)
signal.signal(signal.SIGTERM, save)
open("/opt/ml/checkpoints/ready", "w").write("ready")
time.sleep(60)
`,
    });
    const step = trainingStepDocument("Stopped", {
      HyperParameters: script(stopped),
      CheckpointConfig: { S3Uri: `s3://${bucket}/stopped` },
    });
    await createPipeline(aws, "Stopped", definition([step]));
    const arn = await start(aws, "Stopped");
    await appears(aws, "stopped/ready");
    await aws.sagemaker.send(
      new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "t".repeat(32) }),
    );
    const { status, steps } = await follow(aws, arn);
    assert.deepEqual([status, steps["Stopped"]?.StepStatus], ["Stopped", "Stopped"]);
    const TrainingJobName = steps["Stopped"]?.Metadata?.TrainingJob?.Arn?.split("/").at(-1);
    const job = await aws.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
    assert.deepEqual([job.TrainingJobStatus, job.SecondaryStatus], ["Stopped", "Stopped"]);
    assert.deepEqual(await archived(aws, job.ModelArtifacts?.S3ModelArtifacts), { partial: "half" });
  });
});
