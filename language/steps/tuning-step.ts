import type {
  CreateHyperParameterTuningJobRequest,
  DescribeHyperParameterTuningJobResponse,
  HyperParameterTrainingJobDefinition,
  ListTrainingJobsForHyperParameterTuningJobResponse,
} from "@aws-sdk/client-sagemaker";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import type { Join, Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The arguments of `CreateHyperParameterTuningJob`, with one training job definition or one for each algorithm. */
export type TuningArguments = JobArguments<
  Omit<CreateHyperParameterTuningJobRequest, "TrainingJobDefinition" | "TrainingJobDefinitions">,
  "HyperParameterTuningJobName"
> &
  (
    | { readonly TrainingJobDefinition: Definition; readonly TrainingJobDefinitions?: never }
    | { readonly TrainingJobDefinitions: readonly Definition[]; readonly TrainingJobDefinition?: never }
  );

type Definition = ExpressibleObject<HyperParameterTrainingJobDefinition>;

/** The description of the tuning job, and the list of its training jobs with the best one first. */
export type TuningDescription = DescribeHyperParameterTuningJobResponse &
  Pick<ListTrainingJobsForHyperParameterTuningJobResponse, "TrainingJobSummaries">;

/** A step whose properties have the shape of `DescribeHyperParameterTuningJob`, plus the list of training jobs. */
export type TuningStep = TypedJobStep<"Tuning", TuningDescription>;

/**
 * Declares a step that searches for the best hyperparameters (a tuning job).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-tuning
 */
export function tuningStep(name: string, options: WithArguments<TuningArguments, JobStepOptions>): TuningStep {
  return plainJobStep("Tuning", name, options);
}

/**
 * Returns the S3 URI of a model that a tuning step trained.
 *
 * @param rank from 0 (the best model) to 49
 * @param output the bucket and the prefix of the training jobs' `S3OutputPath`
 */
export function tunedModelUri(
  tuning: TuningStep,
  rank: number,
  output: { readonly bucket: Value<string>; readonly prefix?: Value<string> },
): Join {
  const job = tuning.properties.TrainingJobSummaries.at(rank).TrainingJobName;
  const prefix = output.prefix === undefined || output.prefix === "" ? [] : [output.prefix];
  return join("/", ["s3:/", output.bucket, ...prefix, job, "output/model.tar.gz"]);
}
