import {
  booleanParameter,
  clarifyCheckStep,
  dataQualityCheckStep,
  emrStep,
  failStep,
  modelQualityCheckStep,
  type ProcessingArguments,
  pipeline,
} from "#language";
import { bucket, itRebuilds, role } from "./python-sdk.ts";

const request = { StoppingCondition: { MaxRuntimeInSeconds: 1800 }, Tags: [{ Key: "k", Value: "v" }] };
const wholeFile = {
  S3DataType: "S3Prefix",
  S3InputMode: "File",
  S3DataDistributionType: "FullyReplicated",
  S3CompressionType: "None",
} as const;

/** Returns a Clarify job whose configuration is at the S3 URI that the SDK uploads it to. */
const clarifyJob = (config: string, output: string): ProcessingArguments => ({
  ProcessingResources: { ClusterConfig: { InstanceType: "ml.c5.xlarge", InstanceCount: 1, VolumeSizeInGB: 20 } },
  AppSpecification: { ImageUri: "205585389593.dkr.ecr.us-east-1.amazonaws.com/sagemaker-clarify-processing:1.0" },
  RoleArn: role,
  ProcessingInputs: [
    {
      InputName: "analysis_config",
      AppManaged: false,
      S3Input: { S3Uri: config, LocalPath: "/opt/ml/processing/input/config", ...wholeFile },
    },
    {
      InputName: "dataset",
      AppManaged: false,
      S3Input: { S3Uri: "s3://in/data.csv", LocalPath: "/opt/ml/processing/input/data", ...wholeFile },
    },
  ],
  ProcessingOutputConfig: {
    Outputs: [
      {
        OutputName: "analysis_result",
        AppManaged: false,
        S3Output: { S3Uri: output, LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" },
      },
    ],
  },
  Environment: { E: "1" },
  ...request,
});

describe("definitions of the SageMaker Python SDK: checks and EMR", () => {
  itRebuilds("quality-check", () => {
    const skip = booleanParameter("Skip", { default: false });
    const job = {
      context: { roleArn: role, bucket, prefix: "QualityCheck" },
      image: "156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer",
      instances: { type: "ml.c5.xlarge", volumeSizeInGB: 20 },
      environment: { E: "1" },
      request,
    } as const;
    const format = { csv: { header: true, output_columns_position: "START" } } as const;
    const dataQuality = dataQualityCheckStep("DataQuality", {
      displayName: "DQ",
      description: "d",
      cache: { enabled: true, expireAfter: "P1D" },
      job: { ...job, dataset: "s3://in/data.csv", outputUri: "s3://out/dq" },
      format,
      registerNewBaseline: true,
      modelPackageGroupName: "MyGroup",
      suppliedBaselineStatistics: "s3://b/stats.json",
      suppliedBaselineConstraints: "s3://b/cons.json",
    });
    const modelQuality = modelQualityCheckStep("ModelQuality", {
      job: { ...job, dataset: "s3://in/pred.csv", outputUri: "s3://out/mq" },
      format,
      problemType: "BinaryClassification",
      inferenceAttribute: "0",
      probabilityAttribute: "p",
      groundTruthAttribute: "1",
      probabilityThreshold: 0.5,
      skipCheck: skip,
    });
    const uses = failStep("Uses", { errorMessage: dataQuality.properties.CalculatedBaselineStatistics });
    return pipeline("QualityCheck", { parameters: [skip], steps: [dataQuality, modelQuality, uses] });
  });

  itRebuilds("clarify-check", () =>
    pipeline("ClarifyCheck", {
      steps: [
        clarifyCheckStep("DataBias", {
          checkType: "DATA_BIAS",
          arguments: clarifyJob("s3://out/cfg-db/analysis_config.json", "s3://out/db"),
          modelPackageGroupName: "MyGroup",
          registerNewBaseline: true,
        }),
        clarifyCheckStep("ModelBias", {
          checkType: "MODEL_BIAS",
          modelName: "my-model",
          arguments: clarifyJob("s3://out/cfg-mb/analysis_config.json", "s3://out/mb"),
        }),
        clarifyCheckStep("Explain", {
          checkType: "MODEL_EXPLAINABILITY",
          modelName: "my-model",
          arguments: clarifyJob("s3://out/cfg-ex/analysis_config.json", "s3://out/ex"),
        }),
      ],
    }),
  );

  itRebuilds("emr", () => {
    const onCluster = emrStep("OnCluster", {
      displayName: "On cluster",
      description: "d",
      cache: { enabled: true, expireAfter: "PT12H" },
      arguments: {
        StepConfig: {
          HadoopJarStep: {
            Jar: "s3://jars/a.jar",
            Args: ["--in", "s3://x"],
            MainClass: "com.Main",
            Properties: [{ Key: "k", Value: "v" }],
          },
        },
        ClusterId: "j-1",
        ExecutionRoleArn: role,
      },
    });
    const newCluster = emrStep("NewCluster", {
      dependsOn: [onCluster],
      retry: [{ exceptions: ["Step.SERVICE_FAULT", "Step.THROTTLING"], maxAttempts: 3 }],
      arguments: {
        StepConfig: { HadoopJarStep: { Jar: "command-runner.jar" } },
        ClusterConfig: {
          Applications: [{ Name: "Spark" }],
          Instances: {
            InstanceGroups: [{ InstanceRole: "MASTER", InstanceCount: 1, InstanceType: "m5.xlarge" }],
          },
          ReleaseLabel: "emr-6.6.0",
          JobFlowRole: "jf",
          ServiceRole: "sr",
        },
      },
    });
    const useIt = failStep("UseIt", { errorMessage: onCluster.properties.Status.State });
    return pipeline("Emr", { steps: [onCluster, newCluster, useIt] });
  });
});
