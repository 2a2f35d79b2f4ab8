import type { CreateModelInput, DescribeModelOutput } from "@aws-sdk/client-sagemaker";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { RetryableStepOptions } from "./step-options.ts";

/** The arguments of `CreateModel`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
export type ModelArguments = JobArguments<CreateModelInput, "ModelName">;

/** A step whose properties have the shape of `DescribeModel`. */
export type ModelStep = TypedJobStep<"Model", DescribeModelOutput>;

/**
 * Declares a step that creates a SageMaker model from an artifact and an image, for batch transform and endpoints.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-create-model
 */
export function modelStep(name: string, options: WithArguments<ModelArguments, RetryableStepOptions>): ModelStep {
  return plainJobStep("Model", name, options);
}
