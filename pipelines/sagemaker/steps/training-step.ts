import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from "@aws-sdk/client-sagemaker";
import type { CodeAsset } from "../code-asset.ts";
import type { Expressible } from "../expression.ts";
import { type Properties, properties } from "../property.ts";
import type { CacheableStepOptions, JobStep } from "./step.ts";

/** The service's request, less the job's name, which the service chooses. */
export type TrainingArguments = Expressible<Omit<CreateTrainingJobRequest, "TrainingJobName">>;

export interface TrainingStepOptions extends CacheableStepOptions {
  readonly arguments: TrainingArguments;
  readonly assets?: readonly CodeAsset[];
}

export interface TrainingStep extends JobStep {
  readonly type: "Training";
  readonly properties: Properties<DescribeTrainingJobResponse>;
}

/**
 * A step that trains a model (a training job), with the arguments in the service's own shape.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-training
 */
export function trainingStep(
  name: string,
  { arguments: request, assets = [], ...options }: TrainingStepOptions,
): TrainingStep {
  return Object.freeze({
    kind: "step",
    type: "Training",
    name,
    arguments: request,
    options,
    assets,
    properties: properties<DescribeTrainingJobResponse>(name),
  });
}
