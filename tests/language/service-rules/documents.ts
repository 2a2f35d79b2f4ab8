import type { Json } from "../../../service-model/definition.ts";

/** A step, or a part of one, as it stands in a definition. */
export type Part = { readonly [name: string]: Json };

const role = "arn:aws:iam::123456789012:role/training";
export const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/own:1";
export const cluster = { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 10 };
export const get = (path: string) => ({ Get: path });
export const join = (...values: Json[]) => ({ "Std:Join": { On: " ", Values: values } });
export const jsonGet = (Path: Json) => ({
  "Std:JsonGet": { PropertyFile: get("Steps.Split.PropertyFiles.Report"), Path },
});
export const data = (more: Part = {}) => ({
  DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/data", ...more } },
});

const step = (Type: string, Name: string, request: Part, more: Part = {}) => ({
  Name,
  Type,
  Arguments: request,
  ...more,
});

const algorithm = { TrainingImage: image, TrainingInputMode: "File" };
const output = { S3OutputPath: "s3://b/out" };
const runtime = { MaxRuntimeInSeconds: 600 };

/** A valid step of each type, with changes to its arguments and to the members beside them. */
export const training = (changes: Part = {}) =>
  step("Training", "Train", {
    AlgorithmSpecification: algorithm,
    OutputDataConfig: output,
    ResourceConfig: cluster,
    StoppingCondition: runtime,
    ...changes,
  });

const processingRequest = { ProcessingResources: { ClusterConfig: cluster }, AppSpecification: { ImageUri: image } };

export const input = (InputName: string, more: Part = {}) => ({
  InputName,
  S3Input: { S3Uri: "s3://b/in", S3DataType: "S3Prefix", S3InputMode: "File", ...more },
});
export const outputs = (...names: readonly string[]) => ({
  ProcessingOutputConfig: {
    Outputs: names.map((OutputName) => ({
      OutputName,
      S3Output: { S3Uri: "s3://b/out", LocalPath: `/opt/ml/processing/${OutputName}`, S3UploadMode: "EndOfJob" },
    })),
  },
});
export const processing = (changes: Part = {}, more: Part = {}) =>
  step("Processing", "Split", { ...processingRequest, ...changes }, more);
export const reporting = processing(outputs("report"), {
  PropertyFiles: [{ PropertyFileName: "Report", OutputName: "report", FilePath: "report.json" }],
});

export const check = (Type: "QualityCheck" | "ClarifyCheck", CheckType: string, more: Part = {}) =>
  step(Type, "Quality", processingRequest, { CheckType, ...more });

const metric = { Name: "loss", Regex: "loss=(.*)" };
export const trainingJob = (changes: Part = {}) => ({
  RoleArn: role,
  OutputDataConfig: output,
  StoppingCondition: runtime,
  HyperParameterTuningResourceConfig: cluster,
  AlgorithmSpecification: { ...algorithm, MetricDefinitions: [metric] },
  ...changes,
});
export const tuning = (changes: Part = {}, jobs: Part = { TrainingJobDefinition: trainingJob() }) =>
  step("Tuning", "Tune", {
    HyperParameterTuningJobConfig: {
      Strategy: "Random",
      ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2 },
      HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "loss" },
      ...changes,
    },
    ...jobs,
  });

export const autoML = (changes: Part = {}) =>
  step("AutoML", "Auto", {
    InputDataConfig: [{ ...data(), TargetAttributeName: "y" }],
    OutputDataConfig: output,
    AutoMLJobConfig: { Mode: "ENSEMBLING" },
    ...changes,
  });

export const model = (container: Part) =>
  step("Model", "Make", { ExecutionRoleArn: role, PrimaryContainer: { Image: image, ...container } });

export const register = (changes: Part = {}) =>
  step("RegisterModel", "Register", {
    ModelPackageGroupName: "rings",
    InferenceSpecification: {
      Containers: [{ Image: image, ModelDataUrl: "s3://b/model.tar.gz" }],
      SupportedContentTypes: ["text/csv"],
      SupportedResponseMIMETypes: ["text/csv"],
    },
    ...changes,
  });

export const transform = (filters: Part) =>
  step("Transform", "Score", {
    ModelName: "m",
    TransformInput: data(),
    TransformOutput: output,
    TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
    DataProcessing: filters,
  });

export const emr = (jar: Part = { Jar: "command-runner.jar" }, on: Part = { ClusterId: "j-1AB" }) =>
  step("EMR", "Spark", { StepConfig: { HadoopJarStep: jar }, ...on });
export const newCluster = (group: Part = {}) => ({
  ClusterConfig: {
    ReleaseLabel: "emr-6.6.0",
    Applications: [{ Name: "Spark" }],
    Instances: { InstanceGroups: [{ InstanceRole: "MASTER", InstanceCount: 1, InstanceType: "m5.xlarge", ...group }] },
  },
});

export const serverless = (job: Part = {}, application: Part = { ApplicationId: "00fabc" }) =>
  step("EMRServerless", "Serverless", {
    ExecutionRoleArn: role,
    JobConfig: { executionRoleArn: role, jobDriver: { sparkSubmit: { entryPoint: "s3://b/a.py" } }, ...job },
    ...application,
  });

export const bedrockImport = (changes: Part = {}) =>
  step("BedrockModelImport", "Import", {
    jobName: "import",
    importedModelName: "rings",
    roleArn: role,
    modelDataSource: { s3DataSource: { s3Uri: "s3://bucket/model/" } },
    ...changes,
  });

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:ask";
export const lambda = (payload: Part, more: Part = {}) =>
  step("Lambda", "Ask", payload, {
    FunctionArn: functionArn,
    OutputParameters: [
      { OutputName: "mse", OutputType: "Float" },
      { OutputName: "model", OutputType: "String" },
    ],
    ...more,
  });
export const callback = (more: Part = {}) => ({
  Name: "Wait",
  Type: "Callback",
  SqsQueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/q",
  OutputParameters: [],
  ...more,
});

export const fail = (ErrorMessage: Json) => step("Fail", "Stop", { ErrorMessage });
export const condition = (...Conditions: Json[]) => step("Condition", "If", { Conditions, IfSteps: [], ElseSteps: [] });
export const forEach = (body: Json, changes: Part = {}) =>
  step("ForEach", "Fan", { IterableItems: ["a", "b"], MaxConcurrency: 1, ForEachBody: [body], ...changes });
export const minimum = (path: string) => ({ Selector: { Pick: "MinBy", Field: get(`IterationOutput.${path}`) } });

const parameters = [
  { Name: "Text", Type: "String", DefaultValue: "s3://b/x" },
  { Name: "Count", Type: "Integer", DefaultValue: 2 },
  { Name: "Ratio", Type: "Float", DefaultValue: 0.5 },
  { Name: "Flag", Type: "Boolean", DefaultValue: true },
  { Name: "Empty", Type: "String", DefaultValue: "" },
  { Name: "Untyped", DefaultValue: image },
];

/** Returns the definition with these steps, and with a parameter of each type. */
export const definitionOf = (steps: readonly Part[]): string =>
  JSON.stringify({ Version: "2020-12-01", Metadata: {}, Parameters: parameters, Steps: steps });
