import { type S3Location, sourceFolder } from "../code/code-asset.ts";
import type { SourceFolder } from "../code/processing-code.ts";
import { type Hyperparameters, jsonHyperparameters } from "./hyperparameters.ts";
import { type TrainingJobOptions, trainingJobArguments } from "./training-job.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

export interface ScriptTrainingOptions<Channel extends string> extends TrainingJobOptions<Channel> {
  /** A folder beside the pipeline with the script to train with. */
  readonly source: SourceFolder;
  /** The script's arguments, as `--name value`. */
  readonly hyperparameters?: Hyperparameters;
  readonly region: string;
  /** Python's logging level in the container: 20 (INFO). */
  readonly logLevel?: number;
  /** Where the program goes to, if not to the context's own prefix. */
  readonly codeLocation?: S3Location;
}

/**
 * A training step with a script in one of SageMaker's framework images (script mode): the short form of
 * {@link trainingStep}. The image's toolkit finds the program by hyperparameters with reserved names.
 * Source: https://github.com/aws/sagemaker-training-toolkit
 */
export function scriptTrainingStep<const Channel extends string = never>(
  name: string,
  options: ScriptTrainingOptions<Channel>,
): TrainingStep<Channel> {
  const { displayName, description, dependsOn, cache, retry, hyperparameters = {}, channels, source } = options;
  const archive = sourceFolder(source.folder, options.codeLocation ?? options.context);
  if (!archive.files.includes(source.entryPoint))
    throw new Error(`${archive.localPath} has no ${source.entryPoint}: step ${name} names it as its entry point`);
  const program = jsonHyperparameters({
    ...hyperparameters,
    sagemaker_submit_directory: archive.s3Uri,
    sagemaker_program: source.entryPoint,
    sagemaker_container_log_level: options.logLevel ?? 20,
    sagemaker_region: options.region,
  });
  return trainingStep<Channel>(name, {
    ...{ displayName, description, dependsOn, cache, retry },
    arguments: trainingJobArguments(name, options, program),
    channels: Object.keys(channels ?? {}) as Channel[],
    assets: [archive],
  });
}
