import type { CreateTransformJobRequest, DescribeTransformJobResponse } from "@aws-sdk/client-sagemaker";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The arguments of `CreateTransformJob`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html */
export type TransformArguments = JobArguments<CreateTransformJobRequest, "TransformJobName">;

/** A step whose properties have the shape of `DescribeTransformJob`. */
export type TransformStep = TypedJobStep<"Transform", DescribeTransformJobResponse>;

/**
 * Declares a step that predicts for a whole data set (batch transform) with the model of a {@link modelStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-transform
 */
export function transformStep(name: string, options: WithArguments<TransformArguments, JobStepOptions>): TransformStep {
  return plainJobStep("Transform", name, options);
}
