import {
  conditionStep,
  failStep,
  floatParameter,
  join,
  jsonGet,
  lessThanOrEqualTo,
  pipeline,
  registerModelVersionStep,
  scriptProcessingStep,
  scriptTrainingStep,
  stringParameter,
  xgboostImageUri,
} from "#language";
import type { PipelineContext, TrainingPipeline } from "../training-pipeline.ts";

export const sampleData = new URL("crickets.csv", import.meta.url);

/** Predicts the temperature from the chirps of crickets, with scripts that need no packages and take milliseconds. */
export function getPipeline(context: PipelineContext): TrainingPipeline {
  const processingInstanceType = stringParameter("ProcessingInstanceType", {
    default: context.processingInstanceType ?? "ml.m5.xlarge",
  });
  const trainingInstanceType = stringParameter("TrainingInstanceType", {
    default: context.trainingInstanceType ?? "ml.m5.xlarge",
  });
  const approvalStatus = stringParameter("ModelApprovalStatus", {
    default: "PendingManualApproval",
    enum: ["PendingManualApproval"],
  });
  const inputDataUrl = stringParameter(
    "InputDataUrl",
    context.inputDataUrl === undefined ? {} : { default: context.inputDataUrl },
  );
  const baseline = stringParameter("BaselineUrl", { default: "none" });
  const best = stringParameter("BestUrl", { default: "none" });
  const ceiling = context.ceiling ?? 6;
  const errorCeiling = floatParameter("ErrorCeiling", { default: ceiling });

  const image = context.image ?? xgboostImageUri("3.0-5", context.region);
  const cache = { enabled: true, expireAfter: "P30D" };
  const maxRuntimeInSeconds = 600;

  const split = scriptProcessingStep("SplitChirps", {
    context,
    image,
    script: new URL("split.py", import.meta.url),
    instances: { type: processingInstanceType },
    inputs: { data: inputDataUrl },
    outputs: ["train", "test"],
    maxRuntimeInSeconds,
    cache,
  });

  const fit = scriptTrainingStep("FitLine", {
    context,
    image,
    region: context.region,
    script: new URL("fit.py", import.meta.url),
    instances: { type: trainingInstanceType },
    hyperparameters: { rounds: 30 },
    channels: { train: split.outputs.train },
    maxRuntimeInSeconds,
    cache,
  });
  const model = fit.properties.ModelArtifacts.S3ModelArtifacts;

  const score = scriptProcessingStep("ScoreLine", {
    context,
    image,
    script: new URL("score.py", import.meta.url),
    instances: { type: processingInstanceType },
    arguments: ["--baseline", baseline, "--best", best],
    inputs: { model, test: split.outputs.test },
    outputs: ["evaluation"],
    propertyFiles: { Scores: { output: "evaluation", path: "evaluation.json" } },
    maxRuntimeInSeconds,
    cache,
  });
  const scores = score.propertyFiles.Scores;
  const mse = jsonGet(scores, "regression_metrics.mse.value");

  const register = registerModelVersionStep("RegisterLine", {
    group: context.modelPackageGroupName,
    approvalStatus,
    image,
    model,
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    metrics: { modelQuality: { statistics: join("/", [score.outputs.evaluation, scores.path]) } },
  });
  const refuse = failStep("RefuseLine", {
    errorMessage: join(" ", ["The error is over the ceiling of", errorCeiling]),
  });
  const check = conditionStep("CheckError", {
    conditions: [lessThanOrEqualTo(mse, errorCeiling)],
    ifSteps: [register],
    elseSteps: [refuse],
  });

  return {
    pipeline: pipeline(context.pipelineName, {
      parameters: [
        processingInstanceType,
        trainingInstanceType,
        approvalStatus,
        inputDataUrl,
        baseline,
        best,
        errorCeiling,
      ],
      steps: [split, fit, score, check],
    }),
    gate: {
      metric: "MSE",
      direction: "lower",
      evaluation: scores,
      value: mse,
      loss: "squared_error",
      minimumRows: 100,
      registerStep: register,
      ceilingStep: refuse,
      ceiling,
      ceilingParameter: errorCeiling,
      baselineParameter: baseline,
      bestParameter: best,
      tolerance: { relative: context.relativeTolerance ?? 0.02, absolute: context.absoluteTolerance ?? 0 },
    },
  };
}
