import { type Hyperparameters, plainHyperparameters } from "./hyperparameters.ts";
import { type TrainingJobOptions, trainingJobArguments } from "./training-job.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/** The options of a training job whose image contains the algorithm, with the algorithm's hyperparameters. */
export interface AlgorithmTrainingOptions<Channel extends string> extends TrainingJobOptions<Channel> {
  readonly hyperparameters?: Hyperparameters;
}

/**
 * Declares a training step whose image contains the algorithm, so that no script is needed. It is a short form of
 * {@link trainingStep}. The model is written below the execution's prefix on S3.
 */
export function algorithmTrainingStep<const Channel extends string = never>(
  name: string,
  options: AlgorithmTrainingOptions<Channel>,
): TrainingStep<Channel> {
  const { displayName, description, dependsOn, cache, retry, hyperparameters = {}, channels } = options;
  return trainingStep<Channel>(name, {
    ...{ displayName, description, dependsOn, cache, retry },
    arguments: trainingJobArguments(name, options, plainHyperparameters(hyperparameters)),
    channels: Object.keys(channels ?? {}) as Channel[],
  });
}
