import assert from "node:assert/strict";
import {
  CreatePipelineCommand,
  DeletePipelineCommand,
  DescribePipelineCommand,
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelineParametersForExecutionCommand,
  ListPipelinesCommand,
  SageMakerClient,
  UpdatePipelineCommand,
} from "@aws-sdk/client-sagemaker";
import { definition } from "../definitions.ts";
import { createPipeline, role, run, start } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";

const always = (Name: string, more: object = {}) => ({
  Name,
  Type: "Condition",
  Arguments: { Conditions: [{ Type: "Equals", LeftValue: 1, RightValue: 1 }], IfSteps: [], ElseSteps: [] },
  ...more,
});

describe("pipelines", () => {
  const aws = useLocalAws();
  const parameters = [
    { Name: "Limit", Type: "Float", DefaultValue: 6 },
    { Name: "Mode", Type: "String", DefaultValue: "a", EnumValues: ["a", "b"] },
  ];
  const chain = definition(
    [
      always("One", { DisplayName: "The first" }),
      always("Two", { DependsOn: ["One"] }),
      always("Three", { DependsOn: ["Two"] }),
    ],
    parameters,
  );
  before(async function () {
    this.timeout(180_000);
    await createPipeline(aws, "My-Pipeline", chain);
  });

  it("describes a pipeline by name and by its ARN, only in its own region", async () => {
    const byName = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: "My-Pipeline" }));
    assert.equal(byName.PipelineArn, "arn:aws:sagemaker:us-east-1:123456789012:pipeline/My-Pipeline");
    assert.equal(byName.PipelineDefinition, JSON.stringify(chain));
    const byArn = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: byName.PipelineArn }));
    assert.equal(byArn.PipelineName, "My-Pipeline");
    const credentials = { accessKeyId: "t", secretAccessKey: "t" };
    const elsewhere = new SageMakerClient({ endpoint: aws.url, region: "eu-west-1", credentials });
    await assert.rejects(elsewhere.send(new DescribePipelineCommand({ PipelineName: "My-Pipeline" })), {
      name: "ResourceNotFound",
      message: "Pipeline 'arn:aws:sagemaker:eu-west-1:123456789012:pipeline/My-Pipeline' does not exist.",
    });
    assert.deepEqual((await elsewhere.send(new ListPipelinesCommand({}))).PipelineSummaries, []);
  });

  it("rejects a second pipeline of the same name, an invalid definition and an invalid name", async () => {
    await assert.rejects(createPipeline(aws, "My-Pipeline", chain), {
      name: "ValidationException",
      message: /with name \(My-Pipeline\) already exists/,
    });
    await assert.rejects(createPipeline(aws, "Broken", definition([always("A", { DependsOn: ["Z"] })])), {
      name: "ValidationException",
      message: /^Unable to parse pipeline definition\. .*the step Z, which is not in the pipeline/,
    });
    await assert.rejects(createPipeline(aws, "-bad-", chain), { name: "ValidationException", message: /pattern/ });
  });

  it("returns the parameters and the definition of an execution", async () => {
    const { arn, status } = await run(aws, "My-Pipeline", { Limit: "2.5" });
    assert.equal(status, "Succeeded");
    const input = { PipelineExecutionArn: arn };
    const given = await aws.sagemaker.send(new ListPipelineParametersForExecutionCommand(input));
    assert.deepEqual(given.PipelineParameters, [
      { Name: "Limit", Value: "2.5" },
      { Name: "Mode", Value: "a" },
    ]);
    const text = await aws.sagemaker.send(new DescribePipelineDefinitionForExecutionCommand(input));
    assert.equal(text.PipelineDefinition, JSON.stringify(chain));
    assert.match(arn, /:pipeline\/My-Pipeline\/execution\/[a-z0-9]{12}$/);
  });

  it("describes who started an execution, and its experiment", async () => {
    const experiment = {
      ExperimentName: { Get: "Parameters.Mode" },
      TrialName: { Get: "Execution.PipelineExecutionId" },
    };
    await createPipeline(aws, "Tried", { ...chain, PipelineExperimentConfig: experiment });
    const described = async (pipeline: string) => {
      const PipelineExecutionArn = await start(aws, pipeline);
      return aws.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn }));
    };
    const execution = await described("Tried");
    const TrialName = execution.PipelineExecutionArn?.split("/").at(-1);
    assert.deepEqual(execution.PipelineExperimentConfig, { ExperimentName: "a", TrialName });
    assert.equal(execution.CreatedBy?.IamIdentity?.Arn, "arn:aws:sts::123456789012:user/moto");
    assert.deepEqual(execution.LastModifiedBy, execution.CreatedBy);
    assert.equal((await described("My-Pipeline")).PipelineExperimentConfig, undefined);
  });

  it("rejects a new and an updated pipeline with both forms of a definition", async () => {
    const PipelineDefinition = JSON.stringify(chain);
    const both = { PipelineDefinition, PipelineDefinitionS3Location: { Bucket: "bucket", ObjectKey: "k" } };
    const expected = {
      name: "ValidationException",
      message: "Both Pipeline Definition and Pipeline Definition S3 Location shouldn't be present",
    };
    const create = new CreatePipelineCommand({ PipelineName: "Both", RoleArn: role, ...both });
    await assert.rejects(aws.sagemaker.send(create), expected);
    const update = new UpdatePipelineCommand({ PipelineName: "My-Pipeline", ...both });
    await assert.rejects(aws.sagemaker.send(update), expected);
  });

  it("rejects invalid parameters and names each of them", async () => {
    await assert.rejects(start(aws, "My-Pipeline", { Limit: "x", Mode: "c", Other: "1" }), (error: Error) => {
      assert.equal(error.name, "ValidationException");
      assert.match(error.message, /\[Limit\].*\[Mode\]|\[Other\].*\[Limit\].*\[Mode\]/s);
      return true;
    });
  });

  it("lists steps in pages, the newest or the oldest first", async () => {
    const { arn } = await run(aws, "My-Pipeline");
    const list = async (more: object) => {
      const command = new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: arn, ...more });
      const answer = await aws.sagemaker.send(command);
      return { names: answer.PipelineExecutionSteps?.map((step) => step.StepName), next: answer.NextToken };
    };
    assert.deepEqual((await list({})).names, ["Three", "Two", "One"]);
    const one = await list({ SortOrder: "Ascending", MaxResults: 2 });
    assert.deepEqual(one.names, ["One", "Two"]);
    const two = await list({ SortOrder: "Ascending", MaxResults: 2, NextToken: one.next });
    assert.deepEqual(two, { names: ["Three"], next: undefined });
    await assert.rejects(list({ MaxResults: 101 }), { name: "ValidationException" });
    await assert.rejects(list({ NextToken: "nonsense" }), { name: "ValidationException" });
  });

  it("deletes a pipeline's executions together with the pipeline", async () => {
    await createPipeline(aws, "Gone", chain);
    await run(aws, "Gone");
    await aws.sagemaker.send(new DeletePipelineCommand({ PipelineName: "Gone", ClientRequestToken: "d".repeat(32) }));
    const list = () => aws.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName: "Gone" }));
    await assert.rejects(list(), { name: "ResourceNotFound" });
    await createPipeline(aws, "Gone", chain);
    assert.deepEqual((await list()).PipelineExecutionSummaries, []);
  });
});
