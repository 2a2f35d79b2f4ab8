import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../../scripts/local-stack/folders.ts";
import { definition } from "../definitions.ts";
import { follow, role } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { runPython } from "./python-program.ts";

describe("the AWS CLI", function () {
  this.timeout(180_000);
  const aws = useLocalAws();
  let cli: (...args: readonly string[]) => Promise<string>;
  const steps = [{ Name: "Stop", Type: "Fail", Arguments: { ErrorMessage: { Get: "Parameters.Words" } } }];

  before(async () => {
    const requirements = fileURLToPath(new URL("aws-cli.txt", import.meta.url));
    const { python, folder } = await pythonEnvironment("aws-cli", { folder: localFolders.python, requirements });
    const program = { python, file: join(folder, "bin", "aws"), url: aws.url, folder: aws.state };
    cli = async (...args) => (await runPython({ ...program, args })).trim();
    const text = JSON.stringify(definition(steps, [{ Name: "Words", Type: "String", DefaultValue: "none" }]));
    await writeFile(join(aws.state, "definition.json"), text);
  });

  it("creates a pipeline, starts an execution and lists its steps", async () => {
    const pipeline = ["--pipeline-name", "ByHand"];
    const made = ["--role-arn", role, "--pipeline-definition", "file://definition.json", "--tags", "Key=a,Value=b"];
    const { PipelineArn } = JSON.parse(await cli("sagemaker", "create-pipeline", ...pipeline, ...made));
    const words = ["--pipeline-parameters", "Name=Words,Value=said by hand"];
    const arnOnly = ["--query", "PipelineExecutionArn", "--output", "text"];
    const arn = await cli("sagemaker", "start-pipeline-execution", ...pipeline, ...words, ...arnOnly);
    assert.ok(arn.startsWith(`${PipelineArn}/execution/`));
    assert.equal((await follow(aws, arn)).steps["Stop"]?.FailureReason, "said by hand");
    const listed = [
      "--page-size",
      "1",
      "--query",
      "PipelineExecutionSteps[].[StepName,StepStatus]",
      "--output",
      "text",
    ];
    const steps = await cli("sagemaker", "list-pipeline-execution-steps", "--pipeline-execution-arn", arn, ...listed);
    assert.equal(steps, "Stop\tFailed");
  });

  it("copies files to S3 and back", async () => {
    await cli("s3", "mb", "s3://by-hand");
    await cli("s3", "cp", "definition.json", "s3://by-hand/code/");
    await cli("s3", "cp", "s3://by-hand/code/definition.json", "copy.json");
    assert.match(await cli("s3", "ls", "s3://by-hand/code/"), /definition\.json$/);
  });

  it("prints AWS's error for a missing pipeline", async () => {
    await assert.rejects(
      cli("sagemaker", "describe-pipeline", "--pipeline-name", "nothing"),
      /\(ResourceNotFound\) when calling the DescribePipeline operation: Pipeline 'arn:.*pipeline\/nothing' does not exist\./,
    );
  });
});
