import { modelStep, pipeline, tunedModelUri, tuningStep } from "#language";
import { image, itRebuilds, role } from "./python-sdk.ts";

/** Returns a data source for all objects below an S3 prefix. */
const s3Prefix = (uri: string) =>
  ({ S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri, S3DataDistributionType: "FullyReplicated" } }) as const;

/** Returns the part of a training job definition that all tuning jobs share. */
const job = (metric: string, regex: string) =>
  ({
    RoleArn: role,
    OutputDataConfig: { S3OutputPath: "s3://out/" },
    StoppingCondition: { MaxRuntimeInSeconds: 86_400 },
    HyperParameterTuningResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.xlarge", VolumeSizeInGB: 30 },
    AlgorithmSpecification: {
      TrainingInputMode: "File",
      MetricDefinitions: [{ Name: metric, Regex: regex }],
      TrainingImage: image,
    },
  }) as const;

const csv = (channel: string, uri: string) =>
  ({ DataSource: s3Prefix(uri), ContentType: "text/csv", ChannelName: channel }) as const;

/** The part that both algorithms of the second tuning job share. */
const algorithm = {
  ...job("m", "m=(.*)"),
  TuningObjective: { Type: "Maximize", MetricName: "m" },
  StaticHyperParameters: {},
} as const;

const noRanges = { ContinuousParameterRanges: [], CategoricalParameterRanges: [], IntegerParameterRanges: [] };

describe("definitions of the SageMaker Python SDK: tuning", () => {
  itRebuilds("tuning", () => {
    const tune = tuningStep("Tune", {
      arguments: {
        HyperParameterTuningJobConfig: {
          Strategy: "Bayesian",
          ResourceLimits: { MaxNumberOfTrainingJobs: 6, MaxParallelTrainingJobs: 2 },
          TrainingJobEarlyStoppingType: "Auto",
          HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:rmse" },
          ParameterRanges: {
            ContinuousParameterRanges: [{ Name: "eta", MinValue: "0.01", MaxValue: "0.5", ScalingType: "Logarithmic" }],
            CategoricalParameterRanges: [{ Name: "booster", Values: ["gbtree", "dart"] }],
            IntegerParameterRanges: [{ Name: "max_depth", MinValue: "2", MaxValue: "8", ScalingType: "Auto" }],
          },
        },
        TrainingJobDefinition: {
          ...job("validation:rmse", "rmse=(.*)"),
          StaticHyperParameters: { objective: "reg:linear", num_round: "50" },
          InputDataConfig: [csv("train", "s3://in/train"), csv("validation", "s3://in/val")],
        },
        Tags: [{ Key: "t", Value: "v" }],
      },
    });
    const useTop = modelStep("UseTop-CreateModel", {
      arguments: {
        ExecutionRoleArn: role,
        PrimaryContainer: { Image: image, Environment: {}, ModelDataUrl: tunedModelUri(tune, 0, { bucket: "out" }) },
      },
    });
    const tuneMulti = tuningStep("TuneMulti", {
      arguments: {
        HyperParameterTuningJobConfig: {
          Strategy: "Random",
          ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 2 },
          TrainingJobEarlyStoppingType: "Off",
        },
        TrainingJobDefinitions: [
          {
            ...algorithm,
            DefinitionName: "a",
            HyperParameterRanges: {
              ...noRanges,
              ContinuousParameterRanges: [{ Name: "x", MinValue: "0", MaxValue: "1", ScalingType: "Auto" }],
            },
            InputDataConfig: [{ DataSource: s3Prefix("s3://in/a"), ChannelName: "train" }],
          },
          {
            ...algorithm,
            DefinitionName: "b",
            HyperParameterRanges: {
              ...noRanges,
              IntegerParameterRanges: [{ Name: "y", MinValue: "1", MaxValue: "10", ScalingType: "Auto" }],
            },
            InputDataConfig: [{ DataSource: s3Prefix("s3://in/b"), ChannelName: "train" }],
          },
        ],
        WarmStartConfig: {
          WarmStartType: "TransferLearning",
          ParentHyperParameterTuningJobs: [{ HyperParameterTuningJobName: "parent-1" }],
        },
      },
    });
    return pipeline("Tuning", { steps: [tune, useTop, tuneMulti] });
  });
});
