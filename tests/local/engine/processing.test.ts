import assert from "node:assert/strict";
import { DescribeProcessingJobCommand, SearchCommand } from "@aws-sdk/client-sagemaker";
import { definition, image } from "../definitions.ts";
import { appears, bucket, createPipeline, put, role, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { putSource, runEach } from "./training-job.ts";

/** The script of the Python SDK's FrameworkProcessor, which unpacks the source directory, installs and starts it. */
const runproc = `#!/bin/bash

cd /opt/ml/processing/input/code/
tar -xzf sourcedir.tar.gz

# Exit on any error. SageMaker uses error code to mark failed job.
set -e

if [[ -f 'requirements.txt' ]]; then
    # Some py3 containers has typing, which may breaks pip install
    pip uninstall --yes typing

    python -m pip install -r requirements.txt
fi

python3 process.py "$@"
`;

const process = `
import json, os, sys, helper, numpy
files = sorted(os.path.join(folder, name) for folder, _, names in os.walk("/opt/ml/processing/data") for name in names)
json.dump([sys.argv[1:], helper.name, files], open("/opt/ml/processing/out/report.json", "w"))
`;

const input = (InputName: string, S3Uri: string, LocalPath: string, more: object = {}) => ({
  InputName,
  AppManaged: false,
  S3Input: { S3Uri, LocalPath, S3DataType: "S3Prefix", S3InputMode: "File", ...more },
});

const step = (Name: string, command: readonly string[], inputs: readonly object[], more: object = {}) => ({
  Name,
  Type: "Processing",
  Arguments: {
    ProcessingResources: { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 } },
    AppSpecification: { ImageUri: image, ContainerEntrypoint: command, ContainerArguments: ["--a", "1"] },
    RoleArn: role,
    ProcessingInputs: inputs,
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "out",
          S3Output: {
            S3Uri: `s3://${bucket}/${Name}`,
            LocalPath: "/opt/ml/processing/out",
            S3UploadMode: "Continuous",
          },
        },
      ],
    },
    ...more,
  },
});

describe("processing", function () {
  this.timeout(120_000);
  const aws = useLocalAws();
  let ended: Awaited<ReturnType<typeof runEach>>;
  before(async () => {
    await put(aws, "data/a.csv", "a");
    await put(aws, "data/sub/b.csv", "b");
    await put(aws, "data/c.csv", "c");
    await put(aws, "data_small/d.csv", "d");
    const manifest = await put(aws, "manifest", `[{"prefix": "s3://${bucket}/data/"}, "a.csv", "sub/b.csv"]`);
    const source = await putSource(aws, {
      "process.py": process,
      "helper.py": "name = 'helper'",
      "requirements.txt": "numpy\n",
    });
    const data = (more: object) => input("data", manifest, "/opt/ml/processing/data", more);
    const two = { ClusterConfig: { InstanceType: "ml.m5.large", InstanceCount: 2, VolumeSizeInGB: 30 } };
    // A failing job with an output that is uploaded while the job writes it.
    const half = "echo kept > /opt/ml/processing/out/half.txt; echo said > /opt/ml/output/message; exit 3";
    ended = await runEach(aws, [
      step(
        "Framework",
        ["/bin/bash", "/opt/ml/processing/input/entrypoint/runproc.sh"],
        [
          data({ S3DataType: "ManifestFile", S3DataDistributionType: "ShardedByS3Key" }),
          input("code", source, "/opt/ml/processing/input/code/"),
          input("entrypoint", await put(aws, "code/runproc.sh", runproc), "/opt/ml/processing/input/entrypoint"),
        ],
      ),
      step(
        "Siblings",
        ["/bin/sh", "-c", "cd /opt/ml/processing/data; find . -type f | sort > ../out/files.txt"],
        [input("data", `s3://${bucket}/data`, "/opt/ml/processing/data")],
      ),
      step("Half", ["/bin/sh", "-c", half], []),
      step("Pipe", ["true"], [data({ S3InputMode: "Pipe" })]),
      step("Two", ["true"], [], { ProcessingResources: two }),
    ]);
  });

  it("runs the SDK's FrameworkProcessor with a source directory and a manifest", async () => {
    assert.equal(ended["Framework"]?.FailureReason, undefined);
    assert.deepEqual(JSON.parse(await appears(aws, "Framework/report.json")), [
      ["--a", "1"],
      "helper",
      ["/opt/ml/processing/data/a.csv", "/opt/ml/processing/data/sub/b.csv"],
    ]);
  });

  it("gives a job every object whose key begins with the S3Prefix", async () => {
    assert.equal(ended["Siblings"]?.FailureReason, undefined);
    assert.deepEqual((await appears(aws, "Siblings/files.txt")).trim().split("\n"), [
      "./a.csv",
      "./c.csv",
      "./data_small/d.csv",
      "./sub/b.csv",
    ]);
  });

  it("keeps the uploaded files of a continuous output if the job fails", async () => {
    assert.equal(await appears(aws, "Half/half.txt"), "kept\n");
    assert.equal(ended["Half"]?.FailureReason, "AlgorithmError: said, exit code: 3");
    const ProcessingJobName = ended["Half"]?.Metadata?.ProcessingJob?.Arn?.split("/").at(-1);
    const job = await aws.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    assert.deepEqual([job.ProcessingJobStatus, job.ExitMessage], ["Failed", "said"]);
  });

  it("finds a processing job as the trial component of that job", async () => {
    const Name = "SourceDetail.ProcessingJob.ExitMessage";
    const { Results } = await aws.sagemaker.send(
      new SearchCommand({
        Resource: "ExperimentTrialComponent",
        SearchExpression: { Filters: [{ Name, Operator: "Equals", Value: "said" }] },
      }),
    );
    assert.deepEqual(
      Results?.map(({ TrialComponent: each }) => [each?.Source?.SourceArn, each?.Status?.PrimaryStatus]),
      [[ended["Half"]?.Metadata?.ProcessingJob?.Arn, "Failed"]],
    );
  });

  const failures: readonly [string, string, RegExp][] = [
    [
      "an input in Pipe mode",
      "Pipe",
      /^ClientError: the processing input data is read in Pipe mode, which does not run locally/,
    ],
    [
      "two instances",
      "Two",
      /^ClientError: the job has an InstanceCount of 2, but locally a job runs on one host only/,
    ],
  ];
  for (const [title, name, reason] of failures) {
    it(`fails a step with ${title}`, () => assert.match(ended[name]?.FailureReason ?? "", reason));
  }

  it("fails a step whose evaluated arguments exceed SageMaker's maximum", async () => {
    const long = step("Long", ["true"], [], { Environment: { LONG: { Get: "Parameters.Long" } } });
    const parameter = { Name: "Long", Type: "String", DefaultValue: "x".repeat(300) };
    await createPipeline(aws, "Long", definition([long], [parameter]));
    assert.match(
      (await run(aws, "Long")).steps["Long"]?.FailureReason ?? "",
      /^ClientError: Failed to invoke sagemaker:CreateProcessingJob\. Error Details: 1 validation error detected: Value 'x+' at 'environment.*' failed to satisfy constraint: .*less than or equal to 256/,
    );
  });
});
