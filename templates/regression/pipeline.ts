import {
  conditionStep,
  failStep,
  floatParameter,
  join,
  jsonGet,
  lessThanOrEqualTo,
  modelEvaluation,
  pipeline,
  registerModelVersionStep,
  scriptProcessingStep,
  scriptTrainingStep,
  stringParameter,
  xgboostImageUri,
} from "#language";
import type { PipelineContext, TrainingPipeline } from "#pipelines/training-pipeline.ts";
import data from "./data.json" with { type: "json" };

const file = (name: string) => new URL(name, import.meta.url);

/** The data that `npm start` trains with. */
export const sampleData = file("sample.csv");

/** Declares the pipeline: split the data, train XGBoost, evaluate on held-out rows, register a good enough model. */
export function getPipeline(context: PipelineContext): TrainingPipeline {
  const processingType = stringParameter("ProcessingInstanceType", {
    default: context.processingInstanceType ?? "ml.m5.large",
  });
  const trainingType = stringParameter("TrainingInstanceType", {
    default: context.trainingInstanceType ?? "ml.m5.large",
  });
  const inputData = stringParameter(
    "InputDataUrl",
    context.inputDataUrl === undefined ? {} : { default: context.inputDataUrl },
  );
  const baseline = stringParameter("BaselineModelUrl", { default: "none" });
  const best = stringParameter("BestModelUrl", { default: "none" });
  const ceiling = context.ceiling ?? data.ceiling;
  const mseCeiling = floatParameter("MseCeiling", { default: ceiling });

  const image = context.image ?? xgboostImageUri("3.0-5", context.region);
  const job = { context, image, maxRuntimeInSeconds: 3600, cache: { enabled: true, expireAfter: "P30D" } } as const;

  const preprocess = scriptProcessingStep("Preprocess", {
    ...job,
    instances: { type: processingType },
    script: file("preprocess.py"),
    files: [file("features.py"), file("data.json")],
    packages: [modelEvaluation],
    inputs: { data: inputData },
    outputs: ["train", "validation", "test"],
  });

  const train = scriptTrainingStep("Train", {
    ...job,
    instances: { type: trainingType },
    region: context.region,
    script: file("train.py"),
    files: [file("inference.py"), file("features.py"), file("data.json")],
    hyperparameters: {
      objective: "reg:squarederror",
      num_round: 150,
      max_depth: 4,
      eta: 0.1,
      subsample: 0.8,
      seed: 42,
    },
    channels: { train: preprocess.outputs.train, validation: preprocess.outputs.validation },
    contentType: "text/csv",
  });
  const model = train.properties.ModelArtifacts.S3ModelArtifacts;

  const evaluate = scriptProcessingStep("Evaluate", {
    ...job,
    instances: { type: processingType },
    script: file("evaluate.py"),
    files: [file("inference.py"), file("features.py")],
    packages: [modelEvaluation],
    arguments: ["--baseline-model-url", baseline, "--best-model-url", best],
    inputs: { model, test: preprocess.outputs.test },
    outputs: ["evaluation"],
    propertyFiles: { Evaluation: { output: "evaluation", path: "evaluation.json" } },
  });
  const evaluation = evaluate.propertyFiles.Evaluation;
  const mse = jsonGet(evaluation, "regression_metrics.mse.value");

  const register = registerModelVersionStep("Register", {
    group: context.modelPackageGroupName,
    approvalStatus: "PendingManualApproval",
    image,
    model,
    environment: { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" },
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    realtimeInstanceTypes: ["ml.m5.large"],
    transformInstanceTypes: ["ml.m5.large"],
    metrics: { modelQuality: { statistics: join("/", [evaluate.outputs.evaluation, evaluation.path]) } },
  });
  const refuse = failStep("Refuse", { errorMessage: join(" ", ["The test MSE is over the ceiling of", mseCeiling]) });
  const check = conditionStep("CheckMse", {
    conditions: [lessThanOrEqualTo(mse, mseCeiling)],
    ifSteps: [register],
    elseSteps: [refuse],
  });

  return {
    pipeline: pipeline(context.pipelineName, {
      parameters: [processingType, trainingType, inputData, baseline, best, mseCeiling],
      steps: [preprocess, train, evaluate, check],
    }),
    gate: {
      metric: "MSE",
      direction: "lower",
      evaluation,
      value: mse,
      loss: "squared_error",
      minimumRows: 20,
      registerStep: register,
      ceilingStep: refuse,
      ceiling,
      ceilingParameter: mseCeiling,
      baselineParameter: baseline,
      bestParameter: best,
      // DECISION 3: the tolerance. README.md explains it.
      tolerance: { relative: context.relativeTolerance ?? 0.05, absolute: context.absoluteTolerance ?? 0 },
    },
  };
}
