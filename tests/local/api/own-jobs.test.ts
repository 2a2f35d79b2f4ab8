import assert from "node:assert/strict";
import {
  CreateProcessingJobCommand,
  type CreateProcessingJobCommandInput,
  CreateTrainingJobCommand,
  type CreateTrainingJobCommandInput,
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  ListDomainsCommand,
  ListExperimentsCommand,
  ListProcessingJobsCommand,
  ListProjectsCommand,
  ListTrialComponentsCommand,
  StopProcessingJobCommand,
  StopTrainingJobCommand,
  waitUntilProcessingJobCompletedOrStopped,
  waitUntilTrainingJobCompletedOrStopped,
} from "@aws-sdk/client-sagemaker";
import { image, prelude, scriptStep } from "../definitions.ts";
import { putSource } from "../engine/training-job.ts";
import { appears, bucket, put, role } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

const waits = `${prelude}\ns3("PUT", "${bucket}/" + sys.argv[-1], b"")\ntime.sleep(600)\n`;

describe("jobs outside of a pipeline", function () {
  this.timeout(120_000);
  const aws = useLocalAws();

  async function processing(name: string, text: string, more: Partial<CreateProcessingJobCommandInput> = {}) {
    const code = await put(aws, `code/${name}.py`, text);
    const { Arguments } = scriptStep({ name, code });
    const [Output] = Arguments.ProcessingOutputConfig.Outputs;
    const S3Output = { ...Output?.S3Output, S3Uri: `s3://${bucket}/${name}` };
    return aws.sagemaker.send(
      new CreateProcessingJobCommand({
        ...(Arguments as unknown as CreateProcessingJobCommandInput),
        ProcessingOutputConfig: { Outputs: [{ OutputName: "out", S3Output }] } as never,
        ProcessingJobName: name,
        ...more,
      }),
    );
  }

  async function training(TrainingJobName: string, script: string) {
    const source = await putSource(aws, { "train.py": script });
    const input: CreateTrainingJobCommandInput = {
      TrainingJobName,
      AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
      HyperParameters: { sagemaker_program: '"train.py"', sagemaker_submit_directory: JSON.stringify(source) },
      OutputDataConfig: { S3OutputPath: `s3://${bucket}/models` },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 30 },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      RoleArn: role,
    };
    return aws.sagemaker.send(new CreateTrainingJobCommand(input));
  }

  const settings = { client: aws.sagemaker, maxWaitTime: 60, minDelay: 1, maxDelay: 1 };

  it("process data, are waited for and listed, and have unique names", async () => {
    const { ProcessingJobArn } = await processing("count", `${prelude}\nreport(rows=3)\n`);
    assert.equal(ProcessingJobArn, "arn:aws:sagemaker:us-east-1:123456789012:processing-job/count");
    const ProcessingJobName = "count";
    await waitUntilProcessingJobCompletedOrStopped({ ...settings, client: aws.sagemaker }, { ProcessingJobName });
    const job = await aws.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    assert.equal(job.ProcessingJobStatus, "Completed");
    assert.deepEqual(JSON.parse(await appears(aws, "count/report.json")), { rows: 3 });
    const listed = await aws.sagemaker.send(new ListProcessingJobsCommand({ NameContains: "count" }));
    assert.deepEqual(
      listed.ProcessingJobSummaries?.map((each) => each.ProcessingJobArn),
      [ProcessingJobArn],
    );
    await assert.rejects(processing("count", prelude), { name: "ResourceInUse" });
  });

  it("train a model, whose script's end is in the description", async () => {
    await training("fit", "open('/opt/ml/model/model.txt', 'w').write('m')\n");
    const TrainingJobName = "fit";
    await waitUntilTrainingJobCompletedOrStopped({ ...settings, client: aws.sagemaker }, { TrainingJobName });
    const job = await aws.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
    assert.deepEqual([job.TrainingJobStatus, job.SecondaryStatus], ["Completed", "Completed"]);
    assert.equal(job.ModelArtifacts?.S3ModelArtifacts, `s3://${bucket}/models/fit/output/model.tar.gz`);

    await training("broken", "raise ValueError('no rows')\n");
    await assert.rejects(
      waitUntilTrainingJobCompletedOrStopped({ ...settings, client: aws.sagemaker }, { TrainingJobName: "broken" }),
      /FAILURE/,
    );
    const failed = await aws.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: "broken" }));
    assert.match(
      failed.FailureReason ?? "",
      /^AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "ValueError: no rows"/,
    );
    assert.ok(aws.told?.some((line) => line.startsWith("broken failed:") && line.includes("ValueError: no rows")));
  });

  it("stop when they are asked to, once", async () => {
    const AppSpecification = {
      ImageUri: image,
      ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/endless.py", "begun"],
    };
    await processing("endless", waits, { AppSpecification });
    await appears(aws, "begun");
    const ProcessingJobName = "endless";
    await aws.sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName }));
    await assert.rejects(aws.sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName })), {
      message: /The request was rejected because the processing job is in status Stopp/,
    });
    await waitUntilProcessingJobCompletedOrStopped({ ...settings, client: aws.sagemaker }, { ProcessingJobName });
    const job = await aws.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    assert.equal(job.ProcessingJobStatus, "Stopped");
    await assert.rejects(aws.sagemaker.send(new StopTrainingJobCommand({ TrainingJobName: "none" })), {
      name: "ValidationException",
    });
  });

  it("are beside empty lists of what the endpoint does not keep", async () => {
    const send = aws.sagemaker.send.bind(aws.sagemaker);
    assert.deepEqual((await send(new ListDomainsCommand({}))).Domains, []);
    assert.deepEqual((await send(new ListTrialComponentsCommand({}))).TrialComponentSummaries, []);
    assert.deepEqual((await send(new ListExperimentsCommand({}))).ExperimentSummaries, []);
    assert.deepEqual((await send(new ListProjectsCommand({}))).ProjectSummaryList, []);
  });
});
