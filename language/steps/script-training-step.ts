import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type S3Location, sourceFolder } from "../code/code-asset.ts";
import { programFolder, type SourceFolder } from "../code/source-folder.ts";
import { type Hyperparameters, jsonHyperparameters } from "./hyperparameters.ts";
import { type TrainingJobOptions, trainingJobArguments } from "./training-job.ts";
import { type TrainingStep, trainingStep } from "./training-step.ts";

/** The options of a training job that runs your script. */
export type ScriptTrainingOptions<Channel extends string> = TrainingJobOptions<Channel> &
  TrainingCode & {
    /** The hyperparameters, which the script gets as arguments `--name value`. */
    readonly hyperparameters?: Hyperparameters;
    readonly region: string;
    /** Python's logging level in the container. Default: 20 (INFO). */
    readonly logLevel?: number;
    /** The bucket and prefix that the code is uploaded to. Default: those of the context. */
    readonly codeLocation?: S3Location;
  };

/** The code of a training job: one script, or a folder with an entry point. */
type TrainingCode =
  | {
      readonly script: URL;
      /** Local files in the script's folder that the job also needs, such as modules that the script imports. */
      readonly files?: readonly URL[];
      readonly source?: never;
    }
  | { readonly source: SourceFolder; readonly script?: never; readonly files?: never };

function trainingCode({ script, files = [], source }: TrainingCode, location: S3Location) {
  if (source !== undefined) return { archive: programFolder(source, location), entryPoint: source.entryPoint };
  const folder = new URL("./", script);
  const outside = files.find((file) => dirname(fileURLToPath(file)) !== dirname(fileURLToPath(script)));
  if (outside !== undefined)
    throw new Error(
      `${fileURLToPath(outside)}, a file of a step, is not beside ${fileURLToPath(script)}; move it there`,
    );
  const [entryPoint = "", ...others] = [script, ...files].map((file) => basename(fileURLToPath(file)));
  return { archive: sourceFolder(folder, location, [entryPoint, ...others]), entryPoint };
}

/**
 * Declares a training step that runs a script in one of SageMaker's framework images (script mode). It is a short form
 * of {@link trainingStep}. Hyperparameters with reserved names tell the image's toolkit where the code is.
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
