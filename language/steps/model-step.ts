import type { CreateModelInput, DescribeModelOutput } from "@aws-sdk/client-sagemaker";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { RetryableStepOptions } from "./step-options.ts";

/** `CreateModel`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
export type ModelArguments = JobArguments<CreateModelInput, "ModelName">;

/** Its properties have the shape of `DescribeModel`. */
export type ModelStep = TypedJobStep<"Model", DescribeModelOutput>;

/**
 * A step that makes a model of an artifact and an image, as batch transform jobs and endpoints need it.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-create-model
 */
export function modelStep(name: string, options: WithArguments<ModelArguments, RetryableStepOptions>): ModelStep {
  return plainJobStep("Model", name, options);
}
