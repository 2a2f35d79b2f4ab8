/** The pipeline language. A `pipeline.ts` imports everything from here. */

export { checkPipeline, PipelineProblems } from "./check/check-pipeline.ts";
export type { Problem } from "./check/problem.ts";
export {
  type BytesCode,
  type CodeAsset,
  codeAsset,
  type FolderCode,
  type S3Location,
  sourceFolder,
  type TextCode,
  textAsset,
} from "./code/code-asset.ts";
export type { PythonPackage } from "./code/python-package.ts";
export type { SourceFolder } from "./code/source-folder.ts";
export { definitionBody, definitionText } from "./definition-body.ts";
export {
  type Condition,
  equals,
  greaterThan,
  greaterThanOrEqualTo,
  isIn,
  lessThan,
  lessThanOrEqualTo,
  not,
  or,
} from "./expressions/condition.ts";
export type { CurrentItem } from "./expressions/current-item.ts";
export { execution } from "./expressions/execution-variable.ts";
export type { Expressible } from "./expressions/expressible.ts";
export type { Expression, JsonGet, Parameter, Primitive, PropertyFile, Value } from "./expressions/expression.ts";
export { join } from "./expressions/join.ts";
export { jsonGet } from "./expressions/json-get.ts";
export { booleanParameter, floatParameter, integerParameter, stringParameter } from "./expressions/parameter.ts";
export type { Properties } from "./expressions/property.ts";
export { sklearnImageUri, xgboostImageUri } from "./image-uri.ts";
export { codeAssets, type ExperimentConfig, type MlflowConfig, type Pipeline, pipeline } from "./pipeline/pipeline.ts";
export { modelEvaluation } from "./python/model-evaluation.ts";
export { renderDefinition } from "./render-definition.ts";
export { algorithmTrainingStep } from "./steps/algorithm-training-step.ts";
export { type AutoMLArguments, autoMLStep, bestCandidateContainer } from "./steps/automl-step.ts";
export {
  bedrockCustomModelDeploymentStep,
  bedrockCustomModelStep,
  bedrockModelImportStep,
  bedrockProvisionedModelThroughputStep,
} from "./steps/bedrock-steps.ts";
export { callbackStep } from "./steps/callback-step.ts";
export { clarifyAnalysisCheckStep, dataQualityCheckStep, modelQualityCheckStep } from "./steps/check-job.ts";
export { clarifyCheckStep, qualityCheckStep } from "./steps/check-steps.ts";
export { cleanupStep } from "./steps/cleanup-step.ts";
export { conditionStep } from "./steps/condition-step.ts";
export { outcome } from "./steps/dependency.ts";
export { emrServerlessStep } from "./steps/emr-serverless-step.ts";
export { type EmrArguments, emrStep } from "./steps/emr-step.ts";
export { endpointConfigStep, endpointStep, inferenceComponentStep } from "./steps/endpoint-steps.ts";
export { failStep } from "./steps/fail-step.ts";
export { forEachStep } from "./steps/for-each-step.ts";
export { executionOutput, type JobContext } from "./steps/job-context.ts";
export { lambdaStep } from "./steps/lambda-step.ts";
export { type LineageArguments, lineageStep } from "./steps/lineage-step.ts";
export { type ModelArguments, modelStep } from "./steps/model-step.ts";
export { monitoredTransform } from "./steps/monitored-transform.ts";
export { notebookJobStep } from "./steps/notebook-job-step.ts";
export { type ProcessingArguments, processingStep } from "./steps/processing-step.ts";
export {
  type RegisterModelArguments,
  registerModelStep,
  registerModelVersionStep,
} from "./steps/register-model-step.ts";
export { scriptProcessingStep } from "./steps/script-processing-step.ts";
export { scriptTrainingStep } from "./steps/script-training-step.ts";
export { jobConfigDocument, serviceJobStep } from "./steps/service-job-step.ts";
export type { CacheConfig, Step } from "./steps/step.ts";
export type { RetryPolicyOptions } from "./steps/step-options.ts";
export { type TrainingArguments, trainingStep } from "./steps/training-step.ts";
export { type TransformArguments, transformStep } from "./steps/transform-step.ts";
export { type TuningArguments, tunedModelUri, tuningStep } from "./steps/tuning-step.ts";
