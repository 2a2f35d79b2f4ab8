import type { Refusal } from "./refusal.ts";

/** Mistakes in arguments: missing members, unknown members, and members that a pipeline does not accept. */
export const requests: readonly Refusal[] = [
  [
    "an argument that the API does not have",
    'sm.processingStep("S", { arguments: { ...job«| , Colour: "red"» } });',
    /'Colour' does not exist in type 'ProcessingArguments'/,
  ],
  [
    "an argument that the API does not have, in a nested structure",
    'sm.processingStep("S", { arguments: { ...job, AppSpecification: { ImageUri: "i"«| , Colour: "red"» } } });',
    /'Colour' does not exist/,
  ],
  [
    "an override that the API does not have",
    'sm.algorithmTrainingStep("S", { ...base, request: { «EnableNetworkIsolation: true | Colour: "red"» } });',
    /'Colour' does not exist/,
  ],
  [
    "a required argument that is missing",
    'sm.transformStep("S", { arguments: { ...batch«, ModelName: "m" |» } });',
    /'ModelName' is missing/,
  ],
  [
    "undefined for a required argument",
    'sm.processingStep("S", { arguments: { ...job, AppSpecification: { ImageUri: «"i" | undefined» } } });',
    /'undefined' is not assignable to type 'string \| Expression<string>'/,
  ],
  [
    "undefined for a required argument in a list",
    'sm.processingStep("S", { arguments: { ...job, Tags: [{ Key: "k", Value: «"v" | undefined» }] } });',
    /'undefined' is not assignable to type 'string \| Expression<string>'/,
  ],
  [
    "an environment variable that may be unset",
    'sm.processingStep("S", { arguments: { ...job, Environment: { A: «"v" | process.env["A"]» } } });',
    /'undefined' is not assignable to type 'string \| Expression<string>'/,
  ],
  [
    "an instance type that does not exist",
    'sm.scriptProcessingStep("S", { ...base, script, instances: { type: «"ml.m5.large" | "ml.m5.enormous"» } });',
    /'"ml.m5.enormous"' is not assignable/,
  ],
  [
    "an instance type that only training jobs support, for a processing job",
    `const machine = { type: "ml.trn1.2xlarge" } as const;
    sm.«algorithmTrainingStep("S", { | scriptProcessingStep("S", { script,» ...base, instances: machine });`,
    /'"ml.trn1.2xlarge"' is not assignable/,
  ],
  [
    "a value that an enumeration of the API does not have",
    `sm.processingStep("S", {
      arguments: {
        ...job, ProcessingInputs: [{ InputName: "a", S3Input: { S3Uri: "u", S3DataType: «"S3Prefix" | "Prefix"» } }],
      },
    });`,
    /'"Prefix"' is not assignable to type '"ManifestFile" \| "S3Prefix" \| Expression<string>'/,
  ],
  [
    "an approval status that does not exist",
    `sm.registerModelVersionStep("S", {
      ...version, approvalStatus: «"Approved" | "Accepted"», image: "i", model: "m",
    });`,
    /'"Accepted"' is not assignable/,
  ],
  [
    "an EMR job with both an existing and a new cluster",
    'sm.emrStep("S", { arguments: { ...spark, ClusterId: "c"«| , ClusterConfig: { Instances: {} }» } });',
    /'ClusterConfig' are incompatible/,
  ],
  [
    "an EMR job without a cluster",
    'sm.emrStep("S", { arguments: { ...spark«, ClusterId: "c" |» } });',
    /'ClusterConfig' is missing/,
  ],
  [
    "an EMR cluster with a name",
    'sm.emrStep("S", { arguments: { ...spark, ClusterConfig: { Instances: {}«| , Name: "n"» } } });',
    /'Name' does not exist/,
  ],
  [
    "an EMR Serverless job with both an existing and a new application",
    `sm.emrServerlessStep("S", {
      job: { executionRoleArn: "arn:aws:iam::123456789012:role/r" }, applicationId: "a"«| , application: { releaseLabel: "l", type: "SPARK" }»,
    });`,
    /'application' are incompatible/,
  ],
  [
    "an AutoML job that deploys its model",
    'sm.autoMLStep("S", { arguments: { ...search«| , ModelDeployConfig: { AutoGenerateEndpointName: true }» } });',
    /'ModelDeployConfig' does not exist in type 'AutoMLArguments'/,
  ],
  [
    "an AutoML job that only generates candidate definitions",
    'sm.autoMLStep("S", { arguments: { ...search«| , GenerateCandidateDefinitionsOnly: true» } });',
    /'GenerateCandidateDefinitionsOnly' does not exist in type 'AutoMLArguments'/,
  ],
  [
    "an endpoint configuration that captures data",
    `const DataCaptureConfig = { InitialSamplingPercentage: 1, DestinationS3Uri: "u", CaptureOptions: [] };
    sm.endpointConfigStep("S", {
      arguments: { EndpointConfigName: "e", ProductionVariants: []«| , DataCaptureConfig» },
    });`,
    /'DataCaptureConfig' does not exist/,
  ],
  [
    "an endpoint with a deployment configuration",
    `sm.endpointStep("S", {
      arguments: { EndpointName: "e", EndpointConfigName: "c"«| , DeploymentConfig: {}» },
    });`,
    /'DeploymentConfig' does not exist/,
  ],
  [
    "a model package with a client token",
    'sm.registerModelStep("S", { arguments: { ModelPackageGroupName: "g"«| , ClientToken: "t"» } });',
    /'ClientToken' does not exist in type 'RegisterModelArguments'/,
  ],
  [
    "a lineage entity with a name but without a type",
    `sm.lineageStep("S", {
      arguments: { Associations: [{ Source: { Name: "a"«, Type: "Action" |» }, Destination: { Arn: "b" } }] },
    });`,
    /'Type' is missing/,
  ],
  [
    "a step among the inputs of a Lambda function",
    'sm.lambdaStep("S", { functionArn: "f", inputs: { a: train«.properties.TrainingJobArn |» } });',
    /'TrainingStep<"train">' is not assignable to type 'PayloadValue'/,
  ],
];
