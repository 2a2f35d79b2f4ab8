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

/** `CreateEndpointConfig`, less what the pipeline service does not take. */
export type EndpointConfigArguments = ExpressibleObject<
  Omit<CreateEndpointConfigInput, "DataCaptureConfig" | "ExplainerConfig">
>;

/** Its properties have the shape of `DescribeEndpointConfig`. */
export type EndpointConfigStep = TypedJobStep<"EndpointConfig", DescribeEndpointConfigOutput>;

/**
 * A step that makes an endpoint configuration. The service adds a suffix of the execution to its name: later steps use
 * `properties.EndpointConfigName`.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function endpointConfigStep(
  name: string,
  options: WithArguments<EndpointConfigArguments, JobStepOptions>,
): EndpointConfigStep {
  return plainJobStep("EndpointConfig", name, options);
}

/** `CreateEndpoint`, less what the pipeline service does not take. */
export type EndpointArguments = ExpressibleObject<Omit<CreateEndpointInput, "DeploymentConfig">>;

/** Its properties have the shape of `DescribeEndpoint`. */
export type EndpointStep = TypedJobStep<"Endpoint", DescribeEndpointOutput>;

/**
 * A step that creates an endpoint, or updates the one of that name.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function endpointStep(
  name: string,
  options: WithArguments<EndpointArguments, CacheableStepOptions>,
): EndpointStep {
  return plainJobStep("Endpoint", name, options);
}

/** `CreateInferenceComponent`. */
export type InferenceComponentArguments = ExpressibleObject<CreateInferenceComponentInput>;

/** Its properties have the shape of `DescribeInferenceComponent`. */
export type InferenceComponentStep = TypedJobStep<"InferenceComponent", DescribeInferenceComponentOutput>;

/**
 * A step that creates an inference component of an endpoint, or updates the one of that name.
 * Source: https://github.com/aws/sagemaker-python-sdk/pull/6224
 */
export function inferenceComponentStep(
  name: string,
  options: WithArguments<InferenceComponentArguments, StepOptions>,
): InferenceComponentStep {
  return plainJobStep("InferenceComponent", name, options);
}
