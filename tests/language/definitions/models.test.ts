import {
  algorithmTrainingStep,
  modelStep,
  pipeline,
  registerModelVersionStep,
  sklearnImageUri,
  stringParameter,
  transformStep,
} from "#language";
import { bucket, image, itRebuilds, role } from "./python-sdk.ts";

const tags = [{ Key: "k", Value: "v" }];

/** Returns a container with the custom image. The SDK writes `Environment` even if it is empty. */
const container = (model: string, environment: Readonly<Record<string, string>> = {}) => ({
  Image: image,
  Environment: environment,
  ModelDataUrl: model,
});

/** The SDK's default debugger configuration, with the profiler off. */
const unprofiled = (uri: string) =>
  ({
    DebugHookConfig: { S3OutputPath: uri, CollectionConfigurations: [] },
    ProfilerConfig: { DisableProfiler: true },
  }) as const;

describe("definitions of the SageMaker Python SDK: models", () => {
  itRebuilds("model-create", () => {
    const context = { roleArn: role, bucket, prefix: "ModelCreate" };
    const sklearn = sklearnImageUri("1.2-1", "us-east-1");
    // The SDK uploads its repacking script to a prefix with a timestamp.
    const repackJob = `s3://${bucket}/sagemaker-scikit-learn-2020-12-01-00-00-00-000`;
    const simple = modelStep("Simple-CreateModel", {
      arguments: {
        ExecutionRoleArn: role,
        PrimaryContainer: container("s3://m/model.tar.gz", { A: "b" }),
        Tags: tags,
        VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
        EnableNetworkIsolation: true,
      },
    });
    const train = algorithmTrainingStep("Train", {
      context,
      image,
      instances: { type: "ml.m5.xlarge" },
      outputUri: "s3://out/",
      channels: { train: "s3://in/train" },
      request: unprofiled("s3://out/"),
    });
    const artifact = train.properties.ModelArtifacts.S3ModelArtifacts;
    const repack = algorithmTrainingStep("Repack-RepackModel-0", {
      description: "Used to repack a model with customer scripts for a register/create model step",
      context,
      image: sklearn,
      instances: { type: "ml.m5.large" },
      outputUri: repackJob,
      channels: { training: artifact },
      hyperparameters: {
        inference_script: '"inference.py"',
        model_archive: artifact,
        dependencies: "null",
        source_dir: "null",
        sagemaker_submit_directory: `"${repackJob}/source/sourcedir.tar.gz"`,
        sagemaker_program: '"_repack_script_launcher.sh"',
        sagemaker_container_log_level: 20,
        sagemaker_region: '"us-east-1"',
      },
      request: unprofiled(repackJob),
    });
    const scriptEnvironment = (submitDirectory: string) => ({
      SAGEMAKER_PROGRAM: "inference.py",
      SAGEMAKER_SUBMIT_DIRECTORY: submitDirectory,
      SAGEMAKER_CONTAINER_LOG_LEVEL: "20",
      SAGEMAKER_REGION: "us-east-1",
    });
    return pipeline("ModelCreate", {
      steps: [
        simple,
        modelStep("Serial-CreateModel", {
          arguments: {
            ExecutionRoleArn: role,
            Containers: [container("s3://m/a.tar.gz"), container("s3://m/b.tar.gz", { X: "y" })],
          },
        }),
        modelStep("LegacyModel", {
          arguments: { ExecutionRoleArn: role, PrimaryContainer: container("s3://m/legacy.tar.gz") },
        }),
        transformStep("Batch", {
          arguments: {
            ModelName: simple.properties.ModelName,
            TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://in/x" } } },
            TransformOutput: { S3OutputPath: "s3://out/t" },
            TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
          },
        }),
        train,
        modelStep("PlainScript-CreateModel", {
          arguments: {
            ExecutionRoleArn: role,
            PrimaryContainer: {
              Image: image,
              Environment: scriptEnvironment(`s3://${bucket}/custom-2020-12-01-00-00-00-000/sourcedir.tar.gz`),
              ModelDataUrl: artifact,
            },
          },
        }),
        repack,
        modelStep("Repack-CreateModel", {
          arguments: {
            ExecutionRoleArn: role,
            PrimaryContainer: {
              Image: sklearn,
              Environment: scriptEnvironment("/opt/ml/model/code"),
              ModelDataUrl: repack.properties.ModelArtifacts.S3ModelArtifacts,
            },
            EnableNetworkIsolation: true,
          },
        }),
      ],
    });
  });

  itRebuilds("register-model", () => {
    const approval = stringParameter("Approval", { default: "PendingManualApproval" });
    const csv = { group: "MyGroup", contentTypes: ["text/csv"], responseTypes: ["text/csv"] };
    const large = { realtimeInstanceTypes: ["ml.m5.large"], transformInstanceTypes: ["ml.m5.large"] } as const;
    const metric = (name: string) => `s3://metrics/${name}.json`;
    const full = registerModelVersionStep("Full-RegisterModel", {
      group: "MyGroup",
      approvalStatus: approval,
      containers: [
        {
          ...container("s3://m/model.tar.gz", { A: "b" }),
          Framework: "XGBOOST",
          FrameworkVersion: "1.7",
          NearestModelName: "xgb",
          ModelInput: { DataInputConfig: '{"x":[1,2]}' },
        },
      ],
      contentTypes: ["text/csv", "application/json"],
      responseTypes: ["text/csv"],
      realtimeInstanceTypes: ["ml.t2.medium", "ml.m5.xlarge"],
      transformInstanceTypes: ["ml.m5.xlarge"],
      metrics: {
        modelQuality: {
          statistics: { s3Uri: metric("model-stats"), contentDigest: `sha256:${"0".repeat(64)}` },
          constraints: metric("model-constraints"),
        },
        modelDataQuality: { statistics: metric("data-stats"), constraints: metric("data-constraints") },
        bias: {
          report: metric("bias"),
          preTrainingReport: metric("bias-pre"),
          postTrainingReport: metric("bias-post"),
        },
        explainability: { report: metric("explain") },
      },
      driftBaselines: {
        modelQuality: { statistics: metric("b-model-stats"), constraints: metric("b-model-constraints") },
        modelDataQuality: { statistics: metric("b-data-stats"), constraints: metric("b-data-constraints") },
        bias: {
          configFile: "s3://baseline/bias-config.json",
          preTrainingConstraints: metric("b-bias-pre"),
          postTrainingConstraints: metric("b-bias-post"),
        },
        explainability: {
          constraints: metric("b-explain"),
          configFile: "s3://baseline/explain-config.json",
        },
      },
      request: {
        ModelPackageDescription: "my desc",
        CustomerMetadataProperties: { owner: "me" },
        Domain: "MACHINE_LEARNING",
        Task: "REGRESSION",
        SamplePayloadUrl: "s3://p/payload.tar.gz",
        SourceUri: "s3://src/x",
        SkipModelValidation: "All",
      },
    });
    return pipeline("RegisterModelAll", {
      parameters: [approval],
      steps: [
        full,
        registerModelVersionStep("Minimal-RegisterModel", {
          ...csv,
          approvalStatus: "PendingManualApproval",
          containers: [container("s3://m/model.tar.gz")],
          request: { SkipModelValidation: "None" },
        }),
        registerModelVersionStep("Serial-RegisterModel", {
          ...csv,
          ...large,
          approvalStatus: "Approved",
          containers: [container("s3://m/a.tar.gz"), container("s3://m/b.tar.gz")],
          request: { SkipModelValidation: "None" },
        }),
        registerModelVersionStep("LegacyReg-RegisterModel", {
          ...csv,
          ...large,
          approvalStatus: "Rejected",
          image,
          model: "s3://m/model.tar.gz",
          request: { SkipModelValidation: "None", Tags: tags },
        }),
      ],
    });
  });
});
