import {
  autoMLStep,
  bestCandidateContainer,
  execution,
  join,
  modelStep,
  pipeline,
  stringParameter,
  transformStep,
  type Value,
} from "#language";
import { bucket, itRebuilds, role } from "./python-sdk.ts";

const tags = [{ Key: "k", Value: "v" }];
const everythingBelow = (uri: Value<string>) => ({ S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri } }) as const;

describe("definitions of the SageMaker Python SDK: transform and AutoML", () => {
  itRebuilds("transform", () => {
    const data = stringParameter("Data", { default: "s3://in/batch" });
    const full = transformStep("Full", {
      arguments: {
        ModelName: "my-model",
        TransformInput: {
          DataSource: everythingBelow(data),
          ContentType: "text/csv",
          CompressionType: "Gzip",
          SplitType: "Line",
        },
        TransformOutput: {
          S3OutputPath: "s3://out/t",
          KmsKeyId: "out-key",
          AssembleWith: "Line",
          Accept: "text/csv",
        },
        TransformResources: { InstanceCount: 2, InstanceType: "ml.m5.xlarge", VolumeKmsKeyId: "vol-key" },
        BatchStrategy: "MultiRecord",
        MaxConcurrentTransforms: 4,
        MaxPayloadInMB: 6,
        Environment: { A: "b" },
        Tags: tags,
        DataProcessing: { InputFilter: "$[1:]", OutputFilter: "$[0,-1]", JoinSource: "Input" },
        ModelClientConfig: { InvocationsTimeoutInSeconds: 600, InvocationsMaxRetries: 1 },
        DataCaptureConfig: { DestinationS3Uri: "s3://cap/", KmsKeyId: "cap-key", GenerateInferenceId: true },
      },
    });
    const minimal = transformStep("Minimal", {
      arguments: {
        ModelName: "my-model",
        TransformInput: { DataSource: everythingBelow("s3://in/x") },
        TransformOutput: { S3OutputPath: join("/", ["s3:/", bucket, "Transform", execution.id, "Minimal"]) },
        TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
      },
    });
    return pipeline("Transform", { parameters: [data], steps: [full, minimal] });
  });

  itRebuilds("automl", () => {
    const auto = autoMLStep("Auto", {
      arguments: {
        InputDataConfig: [
          {
            DataSource: everythingBelow("s3://in/train.csv"),
            TargetAttributeName: "y",
            CompressionType: "None",
            ChannelType: "training",
            ContentType: "text/csv;header=present",
          },
        ],
        OutputDataConfig: { S3OutputPath: "s3://out/aml", KmsKeyId: "out-key" },
        AutoMLJobConfig: {
          CompletionCriteria: {
            MaxCandidates: 5,
            MaxRuntimePerTrainingJobInSeconds: 600,
            MaxAutoMLJobRuntimeInSeconds: 3600,
          },
          SecurityConfig: { EnableInterContainerTrafficEncryption: true, VolumeKmsKeyId: "vol-key" },
          Mode: "ENSEMBLING",
        },
        RoleArn: role,
        AutoMLJobObjective: { MetricName: "F1" },
        ProblemType: "BinaryClassification",
        Tags: tags,
      },
      cache: { enabled: true, expireAfter: "P1D" },
    });
    const best = modelStep("Best-CreateModel", {
      arguments: { ExecutionRoleArn: role, PrimaryContainer: bestCandidateContainer(auto) },
    });
    return pipeline("AutoMl", { steps: [auto, best] });
  });
});
