import { algorithmTrainingStep, pipeline, scriptTrainingStep, sklearnImageUri, trainingStep } from "#language";
import { bucket, image, itRebuilds, role } from "./python-sdk.ts";

const region = "us-east-1";
const instances = { type: "ml.m5.xlarge" } as const;
const noProfiler = { DisableProfiler: true } as const;

/** The SDK's default debugger configuration of a training job. */
const debugHook = (uri: string) => ({ S3OutputPath: uri, CollectionConfigurations: [] }) as const;

/** The SDK's default debugger and profiler configuration. */
const profiled = (uri: string) =>
  ({ DebugHookConfig: debugHook(uri), ProfilerConfig: { S3OutputPath: uri, DisableProfiler: false } }) as const;

/** A training step with every member of the request. */
const full = trainingStep("Full", {
  arguments: {
    AlgorithmSpecification: {
      TrainingInputMode: "File",
      TrainingImage: image,
      MetricDefinitions: [{ Name: "loss", Regex: "loss=(.*)" }],
      EnableSageMakerMetricsTimeSeries: true,
    },
    OutputDataConfig: { S3OutputPath: "s3://out/models", KmsKeyId: "out-key" },
    StoppingCondition: { MaxRuntimeInSeconds: 3600, MaxWaitTimeInSeconds: 7200 },
    ResourceConfig: {
      VolumeSizeInGB: 100,
      VolumeKmsKeyId: "vol-key",
      InstanceCount: 2,
      InstanceType: "ml.p3.2xlarge",
    },
    RoleArn: role,
    InputDataConfig: [
      {
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: "s3://in/train",
            S3DataDistributionType: "ShardedByS3Key",
          },
        },
        CompressionType: "Gzip",
        ContentType: "text/csv",
        RecordWrapperType: "RecordIO",
        InputMode: "Pipe",
        ShuffleConfig: { Seed: 7 },
        ChannelName: "train",
      },
      {
        DataSource: {
          S3DataSource: {
            S3DataType: "AugmentedManifestFile",
            S3Uri: "s3://in/aug.manifest",
            S3DataDistributionType: "FullyReplicated",
            AttributeNames: ["src", "label"],
          },
        },
        ChannelName: "manifest",
      },
      {
        DataSource: {
          FileSystemDataSource: {
            FileSystemId: "fs-0123456789abcdef0",
            FileSystemType: "EFS",
            DirectoryPath: "/data",
            FileSystemAccessMode: "ro",
          },
        },
        ChannelName: "efs",
      },
      {
        DataSource: {
          S3DataSource: {
            S3DataType: "S3Prefix",
            S3Uri: "s3://in/plain",
            S3DataDistributionType: "FullyReplicated",
          },
        },
        ChannelName: "plain",
      },
    ],
    // The SDK converts values to strings with Python's str().
    HyperParameters: { str: "abc", int: "3", float: "0.25", bool: "True", list: "[1, 2]", dict: "{'x': 1}" },
    Environment: { A: "b" },
    Tags: [{ Key: "k", Value: "v" }],
    VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1", "sg-2"] },
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    EnableManagedSpotTraining: true,
    CheckpointConfig: { S3Uri: "s3://ckpt/x", LocalPath: "/opt/ml/checkpoints" },
    DebugHookConfig: debugHook("s3://out/models"),
    ProfilerConfig: noProfiler,
    RetryStrategy: { MaximumRetryAttempts: 2 },
  },
  channels: ["train", "manifest", "efs", "plain"],
});

describe("definitions of the SageMaker Python SDK: training", () => {
  itRebuilds("training-options", () => {
    const context = { roleArn: role, bucket, prefix: "TrainingOptions" };
    const outputUri = `s3://${bucket}/`;
    return pipeline("TrainingOptions", {
      steps: [
        full,
        algorithmTrainingStep("Minimal", {
          context,
          image,
          instances,
          outputUri,
          channels: { training: "s3://in/train" },
          request: profiled(outputUri),
        }),
        scriptTrainingStep("WithScript", {
          context,
          image,
          instances,
          region,
          source: { folder: new URL("code/train/", import.meta.url), entryPoint: "train.py" },
          codeLocation: { bucket: "out", prefix: "TrainingOptions" },
          outputUri: "s3://out/",
          hyperparameters: { lr: 0.1 },
          channels: { train: "s3://in/train" },
          request: profiled("s3://out/"),
        }),
        scriptTrainingStep("SKLearnScript", {
          context,
          image: sklearnImageUri("1.2-1", region),
          instances,
          region,
          source: { folder: new URL("code/pkg/", import.meta.url), entryPoint: "main.py" },
          outputUri,
          hyperparameters: { n: 10, alpha: 0.5, name: "abc" },
          channels: { train: "s3://in/train" },
          request: profiled(outputUri),
        }),
        algorithmTrainingStep("WarmPool", {
          context,
          image,
          instances,
          outputUri,
          channels: { train: "s3://in/train" },
          request: {
            AlgorithmSpecification: {
              TrainingInputMode: "File",
              TrainingImage: image,
              TrainingImageConfig: { TrainingRepositoryAccessMode: "Vpc" },
              ContainerEntrypoint: ["/bin/t"],
              ContainerArguments: ["--x", "y"],
            },
            ResourceConfig: {
              VolumeSizeInGB: 30,
              KeepAlivePeriodInSeconds: 600,
              InstanceCount: 1,
              InstanceType: "ml.m5.xlarge",
            },
            VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
            DebugHookConfig: debugHook(outputUri),
            ProfilerConfig: noProfiler,
          },
        }),
      ],
    });
  });
});
