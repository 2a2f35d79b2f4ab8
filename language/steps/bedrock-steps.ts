import type {
  CreateCustomModelDeploymentRequest,
  CreateCustomModelRequest,
  CreateModelImportJobRequest,
  CreateProvisionedModelThroughputRequest,
  GetCustomModelDeploymentResponse,
  GetCustomModelResponse,
  GetModelImportJobResponse,
  GetProvisionedModelThroughputResponse,
} from "@aws-sdk/client-bedrock";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { StepOptions } from "./step-options.ts";

/** A Bedrock response as properties of a step, where SageMaker writes each name with a capital letter. */
type Capitalized<T> = { [Key in keyof T & string as Capitalize<Key>]: T[Key] };

type BedrockStep<Request extends object> = WithArguments<ExpressibleObject<Request>, StepOptions>;

/** A step whose properties have the shape of `GetCustomModel`. */
export type BedrockCustomModelStep = TypedJobStep<"BedrockCustomModel", Capitalized<GetCustomModelResponse>>;

/**
 * Declares a step that creates an Amazon Bedrock custom model from an artifact. Its arguments are those of
 * `CreateCustomModel`. The four Bedrock types are in SageMaker's API (`PipelineExecutionStepMetadata`), but AWS's
 * documentation does not show a definition with one yet.
 */
export function bedrockCustomModelStep(
  name: string,
  options: BedrockStep<CreateCustomModelRequest>,
): BedrockCustomModelStep {
  return plainJobStep("BedrockCustomModel", name, options);
}

/** A step whose properties have the shape of `GetCustomModelDeployment`. */
export type BedrockCustomModelDeploymentStep = TypedJobStep<
  "BedrockCustomModelDeployment",
  Capitalized<GetCustomModelDeploymentResponse>
>;

/** Declares a step that deploys a Bedrock custom model on demand. Its arguments are those of `CreateCustomModelDeployment`. */
export function bedrockCustomModelDeploymentStep(
  name: string,
  options: BedrockStep<CreateCustomModelDeploymentRequest>,
): BedrockCustomModelDeploymentStep {
  return plainJobStep("BedrockCustomModelDeployment", name, options);
}

/** A step whose properties have the shape of `GetModelImportJob`. */
export type BedrockModelImportStep = TypedJobStep<"BedrockModelImport", Capitalized<GetModelImportJobResponse>>;

/** Declares a step that imports a model into Bedrock. Its arguments are those of `CreateModelImportJob`. */
export function bedrockModelImportStep(
  name: string,
  options: BedrockStep<CreateModelImportJobRequest>,
): BedrockModelImportStep {
  return plainJobStep("BedrockModelImport", name, options);
}

/** A step whose properties have the shape of `GetProvisionedModelThroughput`. */
export type BedrockProvisionedModelThroughputStep = TypedJobStep<
  "BedrockProvisionedModelThroughput",
  Capitalized<GetProvisionedModelThroughputResponse>
>;

/** Declares a step that buys throughput for a Bedrock model. Its arguments are those of `CreateProvisionedModelThroughput`. */
export function bedrockProvisionedModelThroughputStep(
  name: string,
  options: BedrockStep<CreateProvisionedModelThroughputRequest>,
): BedrockProvisionedModelThroughputStep {
  return plainJobStep("BedrockProvisionedModelThroughput", name, options);
}
