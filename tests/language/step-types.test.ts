import assert from "node:assert/strict";
import {
  bedrockCustomModelDeploymentStep,
  bedrockCustomModelStep,
  bedrockModelImportStep,
  bedrockProvisionedModelThroughputStep,
  checkPipeline,
  cleanupStep,
  emrServerlessStep,
  endpointConfigStep,
  endpointStep,
  execution,
  failStep,
  inferenceComponentStep,
  jobConfigDocument,
  lineageStep,
  outcome,
  type Parameter,
  pipeline,
  renderDefinition,
  type Step,
  serviceJobStep,
  stringParameter,
  trainingStep,
} from "#language";
import type { StepDefinition } from "../../service-model/definition.ts";
import { stepTypes } from "../../service-model/step-types.ts";
import { training } from "./check/jobs.ts";

const text = stringParameter("Text", { default: "t" });

/** Returns the last of these steps as it is rendered in the definition. */
function rendered(...steps: readonly Step[]): StepDefinition {
  return renderDefinition(pipeline("P", { parameters: [text as Parameter], steps })).Steps.at(-1) as StepDefinition;
}

describe("step types that the Python SDK's definitions do not contain", () => {
  const config = endpointConfigStep("Config", {
    arguments: {
      EndpointConfigName: "c",
      ProductionVariants: [{ VariantName: "v", ModelName: text, InitialInstanceCount: 1, InstanceType: "ml.m5.large" }],
    },
    retry: [{ exceptions: ["Step.THROTTLING"], maxAttempts: 2 }],
    cache: { enabled: true },
  });
  const endpoint = endpointStep("Endpoint", {
    arguments: { EndpointName: "e", EndpointConfigName: config.properties.EndpointConfigName },
  });

  it("render endpoint configurations, endpoints and inference components", () => {
    const component = inferenceComponentStep("Component", {
      arguments: {
        InferenceComponentName: "i",
        EndpointName: endpoint.properties.EndpointName,
        VariantName: "v",
        Specification: { ModelName: "m" },
      },
    });
    assert.deepEqual(rendered(config), {
      Name: "Config",
      Type: "EndpointConfig",
      Arguments: {
        EndpointConfigName: "c",
        ProductionVariants: [
          {
            VariantName: "v",
            ModelName: { Get: "Parameters.Text" },
            InitialInstanceCount: 1,
            InstanceType: "ml.m5.large",
          },
        ],
      },
      RetryPolicies: [{ BackoffRate: 2, IntervalSeconds: 1, MaxAttempts: 2, ExceptionType: ["Step.THROTTLING"] }],
      CacheConfig: { Enabled: true },
    });
    assert.deepEqual(rendered(config, endpoint).Arguments["EndpointConfigName"], {
      Get: "Steps.Config.EndpointConfigName",
    });
    assert.deepEqual(rendered(config, endpoint, component).Arguments["EndpointName"], {
      Get: "Steps.Endpoint.EndpointName",
    });
  });

  it("render lineage", () => {
    const lineage = lineageStep("Lineage", {
      arguments: {
        Actions: [{ ActionName: "run", ActionType: "t", Source: { SourceUri: text } }],
        Artifacts: [{ ArtifactName: "model", ArtifactType: "Model", Source: { SourceUri: "s3://b/m" } }],
        Associations: [
          {
            Source: { Name: "run", Type: "Action" },
            Destination: { Name: "model", Type: "Artifact" },
            AssociationType: "Produced",
          },
        ],
      },
    });
    const uses = failStep("Uses", { errorMessage: lineage.properties.ArtifactArns.at("model") });
    assert.deepEqual(rendered(lineage, uses).Arguments, {
      ErrorMessage: { Get: "Steps.Lineage.ArtifactArns['model']" },
    });
  });

  it("render a cleanup step that depends once on each of its source steps", () => {
    const train = trainingStep("Train", { arguments: training });
    const other = trainingStep("Other", { arguments: training });
    const cleanup = cleanupStep("Cleanup", {
      sources: [{ step: train }, { step: other, s3Uris: ["s3://b/k"] }, { step: other }],
      dependsOn: [outcome(train, "Any")],
    });
    assert.deepEqual(rendered(train, other, cleanup), {
      Name: "Cleanup",
      Type: "Cleanup",
      Arguments: {
        Resources: { S3: [{ StepName: "Train" }, { StepName: "Other", S3Uris: ["s3://b/k"] }, { StepName: "Other" }] },
      },
      DependsOn: [{ Step: "Train", Trigger: "Any" }, "Other"],
    });
  });

  it("render jobs on EMR Serverless in an existing and in a new application", () => {
    const job = {
      executionRoleArn: "arn:aws:iam::123456789012:role/r",
      jobDriver: { sparkSubmit: { entryPoint: text } },
    };
    const there = emrServerlessStep("There", { applicationId: "a", job });
    assert.deepEqual(rendered(there).Arguments, {
      ExecutionRoleArn: "arn:aws:iam::123456789012:role/r",
      JobConfig: {
        executionRoleArn: "arn:aws:iam::123456789012:role/r",
        jobDriver: { sparkSubmit: { entryPoint: { Get: "Parameters.Text" } } },
        applicationId: "a",
      },
      ApplicationId: "a",
    });
    const fresh = emrServerlessStep("Fresh", { application: { releaseLabel: "emr-7", type: "SPARK" }, job });
    assert.deepEqual(rendered(fresh).Arguments["ApplicationConfig"], { releaseLabel: "emr-7", type: "SPARK" });
    const uses = failStep("Uses", { errorMessage: there.properties.jobRun.state });
    assert.deepEqual(rendered(there, uses).Arguments, { ErrorMessage: { Get: "Steps.There.jobRun.state" } });
  });

  it("render jobs of any category, with expressions in the text of their configuration", () => {
    const configuration = { A: 'x"y', B: [1, true, null, text], C: { D: execution.id, E: {} } };
    const job = serviceJobStep("Job", {
      arguments: {
        RoleArn: "arn:aws:iam::123456789012:role/r",
        JobCategory: "AgentRFT",
        JobConfigSchemaVersion: "1.0.0",
        JobConfigDocument: jobConfigDocument(configuration),
      },
    });
    assert.deepEqual(rendered(job).Arguments["JobConfigDocument"], {
      "Std:Join": {
        On: "",
        Values: [
          '{"A": "x\\"y", "B": [1, true, null, "',
          { Get: "Parameters.Text" },
          '"], "C": {"D": "',
          { Get: "Execution.PipelineExecutionId" },
          '", "E": {}}}',
        ],
      },
    });
    assert.equal(jobConfigDocument({ a: ["b", 1] }), '{"a": ["b", 1]}');
    const uses = failStep("Uses", { errorMessage: job.properties.JobConfigDocument.at("OutputModelPackageArn") });
    assert.deepEqual(rendered(job, uses).Arguments, {
      ErrorMessage: { Get: "Steps.Job.JobConfigDocument['OutputModelPackageArn']" },
    });
  });

  it("render Bedrock steps that make, deploy, import and provision models", () => {
    const model = bedrockCustomModelStep("Model", {
      arguments: { modelName: "m", modelSourceConfig: { s3DataSource: { s3Uri: text } } },
    });
    const arn = model.properties.ModelArn;
    const steps = [
      model,
      bedrockCustomModelDeploymentStep("Deployment", { arguments: { modelDeploymentName: "d", modelArn: arn } }),
      bedrockProvisionedModelThroughputStep("Throughput", {
        arguments: { modelUnits: 1, provisionedModelName: "p", modelId: arn },
      }),
      bedrockModelImportStep("Import", {
        arguments: {
          ...{ jobName: "j", importedModelName: "i", roleArn: "arn:aws:iam::123456789012:role/r" },
          modelDataSource: { s3DataSource: { s3Uri: text } },
        },
      }),
    ];
    assert.deepEqual(checkPipeline(pipeline("P", { parameters: [text as Parameter], steps })), []);
    assert.deepEqual(rendered(...steps.slice(0, 2)).Arguments["modelArn"], { Get: "Steps.Model.ModelArn" });
  });

  it("have a builder function for each row of the table of step types", async () => {
    const language = (await import("#language")) as Record<string, unknown>;
    const names: Partial<Record<keyof typeof stepTypes, string>> = {
      AutoML: "autoMLStep",
      EMR: "emrStep",
      EMRServerless: "emrServerlessStep",
      Job: "serviceJobStep",
    };
    for (const type of Object.keys(stepTypes) as (keyof typeof stepTypes)[]) {
      const name = names[type] ?? `${type.charAt(0).toLowerCase()}${type.slice(1)}Step`;
      assert.equal(typeof language[name], "function", name);
    }
  });
});
