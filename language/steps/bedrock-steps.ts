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

/** Bedrock's own names begin with a small letter; as properties of a step the service spells them with a capital. */
type Capitalized<T> = { [Key in keyof T & string as Capitalize<Key>]: T[Key] };

type BedrockStep<Request extends object> = WithArguments<ExpressibleObject<Request>, StepOptions>;

/** Its properties have the shape of `GetCustomModel`. */
export type BedrockCustomModelStep = TypedJobStep<"BedrockCustomModel", Capitalized<GetCustomModelResponse>>;

/**
 * A step that makes an Amazon Bedrock custom model of an artifact; arguments as in `CreateCustomModel`. The four Bedrock
 * types are in the service's model (`PipelineExecutionStepMetadata`); no document shows a definition with one yet.
 */
export function bedrockCustomModelStep(
  name: string,
  options: BedrockStep<CreateCustomModelRequest>,
): BedrockCustomModelStep {
  return plainJobStep("BedrockCustomModel", name, options);
}

/** Its properties have the shape of `GetCustomModelDeployment`. */
export type BedrockCustomModelDeploymentStep = TypedJobStep<
  "BedrockCustomModelDeployment",
  Capitalized<GetCustomModelDeploymentResponse>
>;

/** A step that deploys an Amazon Bedrock custom model on demand; arguments as in `CreateCustomModelDeployment`. */
export function bedrockCustomModelDeploymentStep(
  name: string,
  options: BedrockStep<CreateCustomModelDeploymentRequest>,
): BedrockCustomModelDeploymentStep {
  return plainJobStep("BedrockCustomModelDeployment", name, options);
}

/** Its properties have the shape of `GetModelImportJob`. */
export type BedrockModelImportStep = TypedJobStep<"BedrockModelImport", Capitalized<GetModelImportJobResponse>>;

/** A step that imports a model into Amazon Bedrock; arguments as in `CreateModelImportJob`. */
export function bedrockModelImportStep(
  name: string,
  options: BedrockStep<CreateModelImportJobRequest>,
): BedrockModelImportStep {
  return plainJobStep("BedrockModelImport", name, options);
}

/** Its properties have the shape of `GetProvisionedModelThroughput`. */
export type BedrockProvisionedModelThroughputStep = TypedJobStep<
  "BedrockProvisionedModelThroughput",
  Capitalized<GetProvisionedModelThroughputResponse>
>;

/** A step that buys throughput for an Amazon Bedrock model; arguments as in `CreateProvisionedModelThroughput`. */
export function bedrockProvisionedModelThroughputStep(
  name: string,
  options: BedrockStep<CreateProvisionedModelThroughputRequest>,
): BedrockProvisionedModelThroughputStep {
  return plainJobStep("BedrockProvisionedModelThroughput", name, options);
}
