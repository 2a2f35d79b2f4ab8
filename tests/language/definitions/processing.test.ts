import { execution, join, pipeline, processingStep, scriptProcessingStep, sklearnImageUri } from "#language";
import { bucket, image, itRebuilds, role } from "./python-sdk.ts";

const name = "ProcessingOptions";
const context = { roleArn: role, bucket, prefix: name };

const wholePrefix = {
  S3DataType: "S3Prefix",
  S3InputMode: "File",
  S3DataDistributionType: "FullyReplicated",
  S3CompressionType: "None",
} as const;

/** A processing step with every member of the request. */
const generic = processingStep("Generic", {
  arguments: {
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: "ml.m5.4xlarge",
        InstanceCount: 2,
        VolumeSizeInGB: 50,
        VolumeKmsKeyId: "vol-key",
      },
    },
    AppSpecification: {
      ImageUri: image,
      ContainerArguments: ["--a", "1"],
      ContainerEntrypoint: ["/bin/run", "--fast"],
    },
    RoleArn: role,
    ProcessingInputs: [
      {
        InputName: "input-1",
        AppManaged: false,
        S3Input: { S3Uri: "s3://in/a", LocalPath: "/opt/ml/processing/in/a", ...wholePrefix },
      },
      {
        InputName: "manifest",
        AppManaged: false,
        S3Input: {
          S3Uri: "s3://in/m.manifest",
          LocalPath: "/opt/ml/processing/in/m",
          S3DataType: "ManifestFile",
          S3InputMode: "Pipe",
          S3DataDistributionType: "ShardedByS3Key",
          S3CompressionType: "Gzip",
        },
      },
      {
        InputName: "athena",
        AppManaged: true,
        DatasetDefinition: {
          DataDistributionType: "FullyReplicated",
          InputMode: "File",
          LocalPath: "/opt/ml/processing/in/athena",
          AthenaDatasetDefinition: {
            Catalog: "AwsDataCatalog",
            Database: "db",
            QueryString: "SELECT 1",
            OutputS3Uri: "s3://out/athena",
            WorkGroup: "primary",
            KmsKeyId: "ath-key",
            OutputFormat: "PARQUET",
            OutputCompression: "SNAPPY",
          },
        },
      },
      {
        InputName: "redshift",
        AppManaged: false,
        DatasetDefinition: {
          DataDistributionType: "ShardedByS3Key",
          InputMode: "File",
          LocalPath: "/opt/ml/processing/in/rs",
          RedshiftDatasetDefinition: {
            ClusterId: "c1",
            Database: "dev",
            DbUser: "u",
            QueryString: "SELECT 2",
            ClusterRoleArn: role,
            OutputS3Uri: "s3://out/rs",
            KmsKeyId: "rs-key",
            OutputFormat: "CSV",
            OutputCompression: "GZIP",
          },
        },
      },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "output-1",
          AppManaged: false,
          S3Output: { S3Uri: "s3://out/a", LocalPath: "/opt/ml/processing/out/a", S3UploadMode: "EndOfJob" },
        },
        {
          OutputName: "cont",
          AppManaged: false,
          S3Output: { S3Uri: "s3://out/b", LocalPath: "/opt/ml/processing/out/b", S3UploadMode: "Continuous" },
        },
        { OutputName: "fs", AppManaged: true, FeatureStoreOutput: { FeatureGroupName: "fg-1" } },
      ],
      KmsKeyId: "out-key",
    },
    Environment: { STAGE: "prod", N: "3" },
    NetworkConfig: {
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      VpcConfig: { SecurityGroupIds: ["sg-1"], Subnets: ["subnet-1", "subnet-2"] },
    },
    StoppingCondition: { MaxRuntimeInSeconds: 7200 },
    Tags: [{ Key: "team", Value: "ml" }],
  },
});

describe("definitions of the SageMaker Python SDK: processing", () => {
  itRebuilds("processing-options", () => {
    const small = { context, image, instances: { type: "ml.t3.medium" }, command: ["python3", "-u"] } as const;
    return pipeline(name, {
      steps: [
        generic,
        scriptProcessingStep("Script", {
          ...small,
          script: new URL("code/preprocess.py", import.meta.url),
          outputs: { o: { s3Uri: join("/", ["s3:/", bucket, name, execution.id, "Script", "output", "o"]) } },
        }),
        scriptProcessingStep("ScriptS3", { ...small, script: new URL("s3://code/x.py") }),
        scriptProcessingStep("Framework", {
          context,
          image: sklearnImageUri("1.2-1", "us-east-1"),
          instances: { type: "ml.m5.xlarge" },
          source: { folder: new URL("code/pkg/", import.meta.url), entryPoint: "main.py" },
        }),
      ],
    });
  });
});
