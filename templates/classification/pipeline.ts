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

/** Declares the pipeline: split the data, train two models, choose the better one, evaluate it, register it. */
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
  const highest = floatParameter("LogLossCeiling", { default: ceiling });

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

  const channels = { train: preprocess.outputs.train, validation: preprocess.outputs.validation };
  const training = {
    ...job,
    instances: { type: trainingType },
    region: context.region,
    files: [file("features.py"), file("data.json")],
    channels,
    contentType: "text/csv",
  };
  const linear = scriptTrainingStep("TrainLinear", {
    ...training,
    script: file("train_linear.py"),
    hyperparameters: { regularization: 1 },
  });
  const boosted = scriptTrainingStep("TrainXgboost", {
    ...training,
    script: file("train_xgboost.py"),
    hyperparameters: { num_round: 100, max_depth: 3, eta: 0.1, subsample: 0.8, seed: 42 },
  });

  const choose = scriptProcessingStep("Choose", {
    ...job,
    instances: { type: processingType },
    script: file("choose.py"),
    files: [file("inference.py"), file("features.py"), file("data.json")],
    packages: [modelEvaluation],
    inputs: {
      linear: linear.properties.ModelArtifacts.S3ModelArtifacts,
      xgboost: boosted.properties.ModelArtifacts.S3ModelArtifacts,
      validation: preprocess.outputs.validation,
    },
    outputs: ["model"],
  });
  const model = join("/", [choose.outputs.model, "model.tar.gz"]);

  const evaluate = scriptProcessingStep("Evaluate", {
    ...job,
    instances: { type: processingType },
    script: file("evaluate.py"),
    files: [file("inference.py"), file("features.py"), file("data.json")],
    packages: [modelEvaluation],
    arguments: ["--baseline-model-url", baseline, "--best-model-url", best],
    inputs: { model, test: preprocess.outputs.test },
    outputs: ["evaluation"],
    propertyFiles: { Evaluation: { output: "evaluation", path: "evaluation.json" } },
  });
  const evaluation = evaluate.propertyFiles.Evaluation;
  const kind = data.classes.length === 2 ? "binary" : "multiclass";
  const logLoss = jsonGet(evaluation, `${kind}_classification_metrics.log_loss.value`);

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
  const refuse = failStep("Refuse", { errorMessage: join(" ", ["The log loss is over the ceiling of", highest]) });
  const check = conditionStep("CheckLogLoss", {
    conditions: [lessThanOrEqualTo(logLoss, highest)],
    ifSteps: [register],
    elseSteps: [refuse],
  });

  return {
    pipeline: pipeline(context.pipelineName, {
      parameters: [processingType, trainingType, inputData, baseline, best, highest],
      steps: [preprocess, linear, boosted, choose, evaluate, check],
    }),
    gate: {
      metric: "log loss",
      direction: "lower",
      evaluation,
      value: logLoss,
      loss: "log_loss",
      minimumRows: 20,
      registerStep: register,
      ceilingStep: refuse,
      ceiling,
      ceilingParameter: highest,
      baselineParameter: baseline,
      bestParameter: best,
      // DECISION 3: the tolerance. README.md explains it.
      tolerance: { relative: context.relativeTolerance ?? 0.05, absolute: context.absoluteTolerance ?? 0 },
    },
  };
}
