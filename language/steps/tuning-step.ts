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

/** `CreateHyperParameterTuningJob`, with one training job definition, or several for several algorithms. */
export type TuningArguments = JobArguments<
  Omit<CreateHyperParameterTuningJobRequest, "TrainingJobDefinition" | "TrainingJobDefinitions">,
  "HyperParameterTuningJobName"
> &
  (
    | { readonly TrainingJobDefinition: Definition; readonly TrainingJobDefinitions?: never }
    | { readonly TrainingJobDefinitions: readonly Definition[]; readonly TrainingJobDefinition?: never }
  );

type Definition = ExpressibleObject<HyperParameterTrainingJobDefinition>;

/** The job's description, and the list of its training jobs, the best first. */
export type TuningDescription = DescribeHyperParameterTuningJobResponse &
  Pick<ListTrainingJobsForHyperParameterTuningJobResponse, "TrainingJobSummaries">;

/** Its properties have the shape of `DescribeHyperParameterTuningJob`, with the list of training jobs. */
export type TuningStep = TypedJobStep<"Tuning", TuningDescription>;

/**
 * A step that looks for the best hyperparameters (a tuning job).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-tuning
 */
export function tuningStep(name: string, options: WithArguments<TuningArguments, JobStepOptions>): TuningStep {
  return plainJobStep("Tuning", name, options);
}

/**
 * The S3 URI of a model that a tuning step trained.
 *
 * @param rank 0 for the best model, up to 49
 * @param output where the training jobs write to: the bucket and the prefix of their `S3OutputPath`
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
