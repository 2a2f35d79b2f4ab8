/** The pipeline language: everything a `pipeline.ts` imports. */

export { checkPipeline, PipelineProblems, type Problem } from "./check.ts";
export { type CodeAsset, codeAsset, type S3Location } from "./code-asset.ts";
export { type Condition, lessThanOrEqualTo } from "./condition.ts";
export { execution } from "./execution-variable.ts";
export type { Expressible, Expression, Value } from "./expression.ts";
export { xgboostImageUri } from "./image-uri.ts";
export { join } from "./join.ts";
export { jsonGet, type PropertyFile } from "./json-get.ts";
export { booleanParameter, floatParameter, integerParameter, type Parameter, stringParameter } from "./parameter.ts";
export { codeAssets, type Pipeline, pipeline } from "./pipeline-model.ts";
export { renderDefinition } from "./render.ts";
export { algorithmTrainingStep } from "./steps/algorithm-training-step.ts";
export { conditionStep } from "./steps/condition-step.ts";
export { failStep } from "./steps/fail-step.ts";
export { type ProcessingArguments, processingStep } from "./steps/processing-step.ts";
export { registerModelStep } from "./steps/register-model-step.ts";
export { type JobContext, scriptProcessingStep } from "./steps/script-processing-step.ts";
export type { CacheConfig, Step } from "./steps/step.ts";
export { trainingStep } from "./steps/training-step.ts";
