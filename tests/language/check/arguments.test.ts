import assert from "node:assert/strict";
import {
  clarifyCheckStep,
  definitionBody,
  integerParameter,
  lambdaStep,
  pipeline,
  processingStep,
  trainingStep,
  tuningStep,
} from "#language";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { many, processing, processingWith, training, trainingWith } from "./jobs.ts";
import { itFinds } from "./problems.ts";

const entries = (count: number, value = "v") => Object.fromEntries(many(count, (index) => [`K${index}`, value]));
const cluster = { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } as const;
const input = (InputName: string) => ({ InputName, S3Input: { S3Uri: "s3://b/k", S3DataType: "S3Prefix" } }) as const;
const output = (OutputName: string) =>
  ({ OutputName, S3Output: { S3Uri: "s3://b/k", S3UploadMode: "EndOfJob" } }) as const;
const channel = (ChannelName: string) =>
  ({ ChannelName, DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/k" } } }) as const;

describe("checking processing jobs", () => {
  itFinds("no problem in requests at SageMaker's maximum sizes", [
    processingWith({
      ProcessingInputs: many(10, (index) => input(`i${index}`)),
      ProcessingOutputConfig: { Outputs: many(10, (index) => output(`o${index}`)) },
      Environment: entries(100),
      AppSpecification: { ImageUri: "i", ContainerArguments: many(100, () => "x".repeat(256)) },
      Tags: many(50, (index) => ({ Key: `k${index}`, Value: "v" })),
      StoppingCondition: { MaxRuntimeInSeconds: 777_600 },
    }),
  ]);
  itFinds(
    "requests that exceed SageMaker's maximum sizes",
    [
      processingWith({
        ProcessingInputs: many(11, (index) => input(`i${index}`)),
        ProcessingOutputConfig: { Outputs: many(11, (index) => output(`o${index}`)) },
        Environment: entries(101),
        AppSpecification: { ImageUri: "i", ContainerArguments: [...many(100, String), "x".repeat(257)] },
        Tags: many(51, (index) => ({ Key: `k${index}`, Value: "v" })),
        StoppingCondition: { MaxRuntimeInSeconds: 777_601 },
        ProcessingJobName: "x".repeat(64),
      }),
    ],
    ["Steps.P.Arguments.AppSpecification.ContainerArguments", /has 101 entries; SageMaker accepts at most 100/],
    ["Steps.P.Arguments.AppSpecification.ContainerArguments[100]", /has 257 characters; SageMaker accepts at most 256/],
    ["Steps.P.Arguments.ProcessingOutputConfig.Outputs", /has 11 entries; SageMaker accepts at most 10/],
    ["Steps.P.Arguments.ProcessingInputs", /has 11 entries; SageMaker accepts at most 10/],
    ["Steps.P.Arguments.Environment", /has 101 entries; SageMaker accepts at most 100/],
    ["Steps.P.Arguments.Tags", /has 51 entries; SageMaker accepts at most 50/],
    ["Steps.P.Arguments.StoppingCondition.MaxRuntimeInSeconds", /is 777601; SageMaker accepts at most 777600/],
    ["Steps.P.Arguments.ProcessingJobName", /has 64 characters; SageMaker accepts at most 63/],
  );
  itFinds(
    "names that are used twice in a request",
    [
      processingWith({
        ProcessingInputs: [input("a"), input("a")],
        ProcessingOutputConfig: { Outputs: [output("b"), output("b")] },
        Tags: [
          { Key: "k", Value: "1" },
          { Key: "k", Value: "2" },
        ],
      }),
    ],
    ["Steps.P.Arguments.ProcessingInputs.a", /used 2 times; give each input its own/],
    ["Steps.P.Arguments.ProcessingOutputConfig.Outputs.b", /give each output its own/],
    ["Steps.P.Arguments.Tags.k", /give each tag its own/],
  );
  for (const [count, volume, time] of [
    [0, 0, 0],
    [-1, 1.5, 0.5],
  ] as const)
    itFinds(
      `${count} instances, ${volume} GB and ${time} seconds`,
      [
        processingWith({
          ProcessingResources: { ClusterConfig: { ...cluster, InstanceCount: count, VolumeSizeInGB: volume } },
          StoppingCondition: { MaxRuntimeInSeconds: time },
        }),
      ],
      ["Steps.P.Arguments.ProcessingResources.ClusterConfig.InstanceCount", /is (0|-1); SageMaker accepts at least 1/],
      [
        "Steps.P.Arguments.ProcessingResources.ClusterConfig.VolumeSizeInGB",
        /is (0; SageMaker accepts at least 1|1.5; SageMaker expects a whole number)/,
      ],
      [
        "Steps.P.Arguments.StoppingCondition.MaxRuntimeInSeconds",
        /is (0; SageMaker accepts at least 1|0.5; SageMaker expects a whole number)/,
      ],
    );
  const count = integerParameter("Count");
  itFinds(
    "no problem in values that are known only during the execution",
    pipeline("P", {
      parameters: [count],
      steps: [processingWith({ ProcessingResources: { ClusterConfig: { ...cluster, InstanceCount: count } } })],
    }),
  );
  itFinds(
    "a number that JSON cannot represent",
    [lambdaStep("L", { functionArn: "f", inputs: { a: [{ b: Number.NaN }] } })],
    ["Steps.L.Arguments.a[0].b", /is NaN, which JSON cannot represent/],
  );
});

describe("checking property files", () => {
  const files = (name: string, count: number, used = "out") =>
    processingStep<string, string>(name, {
      arguments: processing,
      propertyFiles: Object.fromEntries(many(count, (index) => [`F${index}`, { output: used, path: "f.json" }])),
    });
  itFinds(
    "a property file in an output that its step does not have",
    [files("P", 1, "other")],
    ["Steps.P.PropertyFiles.F0.OutputName", /is "other", which is not an output of the step; it has "out"/],
  );
  itFinds(
    "more property files in a pipeline than the quota",
    [files("P", 6), files("Q", 5)],
    ["PropertyFiles", /are 11; SageMaker accepts 10 in a pipeline; .* quotas: \{ propertyFiles/],
  );
});

describe("checking training jobs", () => {
  itFinds(
    "too many and too long hyperparameters, and two channels with the same name",
    [
      trainingWith({
        HyperParameters: { ...entries(100), long: "x".repeat(2501) },
        InputDataConfig: [channel("train"), channel("train")],
      }),
    ],
    ["Steps.T.Arguments.HyperParameters", /has 101 entries; SageMaker accepts at most 100/],
    ["Steps.T.Arguments.HyperParameters.long", /has 2501 characters; SageMaker accepts at most 2500/],
    ["Steps.T.Arguments.InputDataConfig.train", /give each channel its own/],
  );
  const spot = (on: boolean, MaxWaitTimeInSeconds?: number) =>
    trainingWith({
      EnableManagedSpotTraining: on,
      StoppingCondition: { MaxRuntimeInSeconds: 60, ...(MaxWaitTimeInSeconds && { MaxWaitTimeInSeconds }) },
    });
  itFinds("no problem in spot training whose maximum wait equals its maximum runtime", [spot(true, 60)]);
  itFinds(
    "spot training without a maximum wait",
    [spot(true)],
    [
      "Steps.T.Arguments.StoppingCondition",
      /has no MaxWaitTimeInSeconds, but managed spot training is on; give at least the maximum runtime/,
    ],
  );
  itFinds(
    "spot training with a maximum wait below its maximum runtime",
    [spot(true, 59)],
    ["Steps.T.Arguments.StoppingCondition.MaxWaitTimeInSeconds", /is 59, less than the maximum runtime of 60/],
  );
  itFinds(
    "a maximum wait without spot training",
    [spot(false, 60)],
    ["Steps.T.Arguments.StoppingCondition.MaxWaitTimeInSeconds", /managed spot training is off/],
  );
  itFinds(
    "an instance count of 0, except in a request with instance groups",
    [
      trainingStep("A", { arguments: { ...training, ResourceConfig: { ...cluster, InstanceCount: 0 } } }),
      trainingStep("B", {
        arguments: {
          ...training,
          ResourceConfig: {
            VolumeSizeInGB: 1,
            InstanceCount: 0,
            InstanceGroups: [{ InstanceGroupName: "g", InstanceType: "ml.m5.large", InstanceCount: 1 }],
          },
        },
      }),
    ],
    ["Steps.A.Arguments.ResourceConfig.InstanceCount", /is 0/],
  );
});

describe("checking other jobs", () => {
  const limits = {
    ResourceLimits: { MaxParallelTrainingJobs: 0, MaxNumberOfTrainingJobs: 1 },
    Strategy: "Random",
  } as const;
  itFinds(
    "mistakes in a tuning job and in its training job definitions",
    [
      tuningStep("Several", {
        arguments: {
          HyperParameterTuningJobConfig: limits,
          TrainingJobDefinitions: many(2, () => ({
            DefinitionName: "same",
            AlgorithmSpecification: { TrainingInputMode: "File" },
            RoleArn: "arn:aws:iam::123456789012:role/r",
            OutputDataConfig: { S3OutputPath: "s3://b/o" },
            StoppingCondition: {},
            EnableManagedSpotTraining: true,
          })),
        },
      }),
    ],
    ["Steps.Several.Arguments.HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs", /is 0/],
    ["Steps.Several.Arguments.TrainingJobDefinitions['same'].StoppingCondition", /no MaxWaitTimeInSeconds/],
    ["Steps.Several.Arguments.TrainingJobDefinitions['same'].StoppingCondition", /no MaxWaitTimeInSeconds/],
    ["Steps.Several.Arguments.TrainingJobDefinitions.same", /give each training job definition its own/],
  );
  itFinds(
    "mistakes in the processing job of a Clarify check",
    [
      clarifyCheckStep("Bias", {
        checkType: "DATA_BIAS",
        arguments: { ...processing, ProcessingOutputConfig: { Outputs: many(11, (index) => output(`o${index}`)) } },
      }),
    ],
    ["Steps.Bias.Arguments.ProcessingOutputConfig.Outputs", /has 11 entries/],
  );
  itFinds(
    "mistakes in JSON that the compiler would reject in TypeScript",
    readDefinition(
      JSON.stringify({
        Version: "2020-12-01",
        Steps: [
          { Name: "A", Type: "Teleport", Arguments: {} },
          { Name: "B", Type: "Lambda", Arguments: {} },
          { Name: "C", Type: "Callback", Arguments: {} },
          { Name: "D", Type: "Training", Arguments: { HyperParameters: { eta: 0.2 }, Environment: { A: true } } },
          { Name: "E", Type: "EMR", Arguments: { ClusterId: "j", ClusterConfig: {} } },
          { Name: "F", Type: "EMRServerless", Arguments: {} },
          { Name: "G", Type: "AutoML", Arguments: { AutoMLJobConfig: { Mode: "AUTO" } } },
          { Name: "H", Type: "Tuning", Arguments: {} },
          { Name: "I", Type: "Fail", Arguments: {} },
        ],
      }),
      { name: "P" },
    ),
    ["Steps.A.Type", /is "Teleport", a step type that this language does not know/],
    ["Steps.B.FunctionArn", /is missing; Lambda steps need it/],
    ["Steps.C.SqsQueueUrl", /is missing; Callback steps need it/],
    ["Steps.D.Arguments.HyperParameters.eta", /is 0\.2; SageMaker expects a string here/],
    ["Steps.D.Arguments.Environment.A", /is true; SageMaker expects a string here/],
    ["Steps.D.Arguments.OutputDataConfig", /is missing; SageMaker requires it/],
    ["Steps.E.Arguments.ClusterConfig.Instances", /is missing/],
    ["Steps.E.Arguments.ClusterId", /and ClusterConfig are both given; give one/],
    ["Steps.F.Arguments.ApplicationId", /and ApplicationConfig are missing; give one/],
    ["Steps.G.Arguments.InputDataConfig", /is missing/],
    ["Steps.G.Arguments.OutputDataConfig", /is missing/],
    ["Steps.G.Arguments.AutoMLJobConfig.Mode", /is "AUTO"; pipelines support only the mode "ENSEMBLING"/],
    ["Steps.H.Arguments.HyperParameterTuningJobConfig", /is missing/],
    ["Steps.H.Arguments.TrainingJobDefinition", /and TrainingJobDefinitions are missing; give one/],
    ["Steps.I.Arguments.ErrorMessage", /is missing; Fail steps need it/],
  );

  it("rejects a definition of more than 1,048,576 characters", () => {
    const subject = (length: number) =>
      pipeline("P", { steps: [lambdaStep("L", { functionArn: "f", inputs: { a: "x".repeat(length) } })] });
    const room = 1_048_576 - definitionBody(subject(0)).length;
    assert.equal(definitionBody(subject(room)).length, 1_048_576);
    assert.throws(
      () => definitionBody(subject(room + 1)),
      /the definition: has 1048577 characters; SageMaker accepts 1048576/,
    );
  });
});
