import type {
  CreateEndpointConfigInput,
  CreateEndpointInput,
  CreateInferenceComponentInput,
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeInferenceComponentOutput,
} from "@aws-sdk/client-sagemaker";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import { plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { CacheableStepOptions, JobStepOptions, StepOptions } from "./step-options.ts";

/** The members of `CreateEndpointConfig` that a pipeline accepts. */
export type EndpointConfigArguments = ExpressibleObject<
  Omit<CreateEndpointConfigInput, "DataCaptureConfig" | "ExplainerConfig">
>;

/** A step whose properties have the shape of `DescribeEndpointConfig`. */
export type EndpointConfigStep = TypedJobStep<"EndpointConfig", DescribeEndpointConfigOutput>;

/**
 * Declares a step that creates an endpoint configuration. SageMaker appends a suffix to its name in each execution, so
 * later steps must take the name from `properties.EndpointConfigName`.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function endpointConfigStep(
  name: string,
  options: WithArguments<EndpointConfigArguments, JobStepOptions>,
): EndpointConfigStep {
  return plainJobStep("EndpointConfig", name, options);
}

/** The members of `CreateEndpoint` that a pipeline accepts. */
export type EndpointArguments = ExpressibleObject<Omit<CreateEndpointInput, "DeploymentConfig">>;

/** A step whose properties have the shape of `DescribeEndpoint`. */
export type EndpointStep = TypedJobStep<"Endpoint", DescribeEndpointOutput>;

/**
 * Declares a step that creates an endpoint, or updates it if the name exists.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function endpointStep(
  name: string,
  options: WithArguments<EndpointArguments, CacheableStepOptions>,
): EndpointStep {
  return plainJobStep("Endpoint", name, options);
}

/** The arguments of `CreateInferenceComponent`. */
export type InferenceComponentArguments = ExpressibleObject<CreateInferenceComponentInput>;

/** A step whose properties have the shape of `DescribeInferenceComponent`. */
export type InferenceComponentStep = TypedJobStep<"InferenceComponent", DescribeInferenceComponentOutput>;

/**
 * Declares a step that creates an inference component of an endpoint, or updates it if the name exists.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function inferenceComponentStep(
  name: string,
  options: WithArguments<InferenceComponentArguments, StepOptions>,
): InferenceComponentStep {
  return plainJobStep("InferenceComponent", name, options);
}
