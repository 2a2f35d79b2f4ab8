import { type Hyperparameters, plainHyperparameters } from "./hyperparameters.ts";
import { type TrainingJobOptions, trainingJobArguments } from "./training-job.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/** A training job, and the hyperparameters of the algorithm in its image. */
export interface AlgorithmTrainingOptions<Channel extends string> extends TrainingJobOptions<Channel> {
  readonly hyperparameters?: Hyperparameters;
}

/**
 * A training step with an image that brings its algorithm (no script of one's own): the short form of
 * {@link trainingStep}. The model goes below the execution's own prefix.
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
