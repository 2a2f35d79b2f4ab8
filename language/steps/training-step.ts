import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from "@aws-sdk/client-sagemaker";
import type { Properties } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import { type JobArguments, jobStepData, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The arguments of `CreateTrainingJob`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
export type TrainingArguments = JobArguments<CreateTrainingJobRequest, "TrainingJobName">;

/** The request of the training job, and the channels that other steps may use. */
export interface TrainingStepOptions<Channel extends string> extends WithArguments<TrainingArguments, JobStepOptions> {
  /** The names of the channels in `arguments`, in their order. */
  readonly channels?: readonly Channel[] | undefined;
}

type DescribedChannel = NonNullable<DescribeTrainingJobResponse["InputDataConfig"]>[number];

/** A training step. Its properties have the shape of `DescribeTrainingJob`. */
export interface TrainingStep<Channel extends string = string>
  extends TypedJobStep<"Training", DescribeTrainingJobResponse> {
  /** The properties of each channel. */
  readonly channels: Readonly<Record<Channel, Properties<DescribedChannel>>>;
}

/**
 * Declares a step that runs a training job. Its arguments are those of the API. Its short forms are
 * {@link algorithmTrainingStep} and {@link scriptTrainingStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-training
 */
export function trainingStep<const Channel extends string = never>(
  name: string,
  { arguments: request, assets, channels = [], ...options }: TrainingStepOptions<Channel>,
): TrainingStep<Channel> {
  const data = jobStepData<"Training", DescribeTrainingJobResponse>(
    "Training",
    name,
    { arguments: request, assets },
    options,
  );
  return Object.freeze({
    ...data,
    channels: recordOf<Channel, Properties<DescribedChannel>>(`step ${name}, channels`, channels, (channel) =>
      data.properties.InputDataConfig.at(channels.indexOf(channel)),
    ),
  });
}
