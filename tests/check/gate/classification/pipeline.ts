import {
  conditionStep,
  failStep,
  floatParameter,
  greaterThanOrEqualTo,
  join,
  jsonGet,
  pipeline,
  registerModelVersionStep,
  scriptProcessingStep,
  stringParameter,
  xgboostImageUri,
} from "#language";
import type { PipelineContext, TrainingPipeline } from "../../../../pipelines/training-pipeline.ts";

/** Judges a model that was trained elsewhere by its accuracy. */
export function getPipeline(context: PipelineContext): TrainingPipeline {
  const model = stringParameter("ModelUrl");
  const test = stringParameter("TestUrl");
  const baseline = stringParameter("Baseline", { default: "none" });
  const best = stringParameter("Best", { default: "none" });
  const instanceType = stringParameter("InstanceType", { default: context.processingInstanceType ?? "ml.m5.large" });
  const floor = floatParameter("Floor", { default: context.ceiling ?? 0.8 });
  const image = context.image ?? xgboostImageUri("3.0-5", context.region);

  const evaluate = scriptProcessingStep("Evaluate", {
    context,
    image,
    script: new URL("evaluate.py", import.meta.url),
    instances: { type: instanceType },
    arguments: ["--baseline", baseline, "--best", best],
    inputs: { model, test },
    outputs: ["evaluation"],
    propertyFiles: { Report: { output: "evaluation", path: "evaluation.json" } },
    maxRuntimeInSeconds: 600,
  });
  const report = evaluate.propertyFiles.Report;
  const accuracy = jsonGet(report, "multiclass_classification_metrics.accuracy.value");
  const register = registerModelVersionStep("Register", {
    group: context.modelPackageGroupName,
    approvalStatus: "PendingManualApproval",
    image,
    model,
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    metrics: { modelQuality: { statistics: join("/", [evaluate.outputs.evaluation, report.path]) } },
  });
  const refuse = failStep("Refuse", { errorMessage: join(" ", ["accuracy", accuracy]) });
  const check = conditionStep("Check", {
    conditions: [greaterThanOrEqualTo(accuracy, floor)],
    ifSteps: [register],
    elseSteps: [refuse],
  });
  return {
    pipeline: pipeline(context.pipelineName, {
      parameters: [model, test, baseline, best, instanceType, floor],
      steps: [evaluate, check],
    }),
    gate: {
      metric: "accuracy",
      direction: "higher",
      evaluation: report,
      value: accuracy,
      loss: "zero_one_loss",
      minimumRows: 200,
      registerStep: register,
      ceilingStep: refuse,
      ceiling: context.ceiling ?? 0.8,
      ceilingParameter: floor,
      baselineParameter: baseline,
      bestParameter: best,
      tolerance: { relative: context.relativeTolerance ?? 0, absolute: context.absoluteTolerance ?? 0.02 },
    },
  };
}
