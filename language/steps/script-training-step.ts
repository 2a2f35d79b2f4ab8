import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { type S3Location, sourceFolder } from "../code/code-asset.ts";
import { programFolder, type SourceFolder } from "../code/source-folder.ts";
import { type Hyperparameters, jsonHyperparameters } from "./hyperparameters.ts";
import { type TrainingJobOptions, trainingJobArguments } from "./training-job.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/** A training job, and the program that trains in it. */
export type ScriptTrainingOptions<Channel extends string> = TrainingJobOptions<Channel> &
  TrainingCode & {
    /** The script's arguments, as `--name value`. */
    readonly hyperparameters?: Hyperparameters;
    readonly region: string;
    /** Python's logging level in the container: 20 (INFO). */
    readonly logLevel?: number;
    /** Where the program goes to, if not to the context's own prefix. */
    readonly codeLocation?: S3Location;
  };

/** A script beside the pipeline, or a folder with the one to begin with. */
type TrainingCode =
  | { readonly script: URL; readonly source?: never }
  | { readonly source: SourceFolder; readonly script?: never };

function trainingCode({ script, source }: TrainingCode, location: S3Location) {
  if (source !== undefined) return { archive: programFolder(source, location), entryPoint: source.entryPoint };
  const folder = new URL("./", script);
  const entryPoint = basename(fileURLToPath(script));
  return { archive: sourceFolder(folder, location, [entryPoint]), entryPoint };
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
  const { displayName, description, dependsOn, cache, retry, hyperparameters = {}, channels } = options;
  const { archive, entryPoint } = trainingCode(options, options.codeLocation ?? options.context);
  const program = jsonHyperparameters({
    ...hyperparameters,
    sagemaker_submit_directory: archive.s3Uri,
    sagemaker_program: entryPoint,
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
