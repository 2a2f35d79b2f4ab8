import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { Environment } from "../state/process-environment.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import type { LocalImage } from "./images/local-image.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { bringSourceCode } from "./source-code.ts";

const toolkit = fileURLToPath(new URL("./images/toolkit/train.py", import.meta.url));

/** The command of a training job. */
export interface TrainingCommand {
  readonly command: readonly string[];
  readonly environment?: Environment;
  /** The file to which the toolkit writes the command, for the failure reason. Only in script mode. */
  readonly commandFile?: string;
}

/**
 * Returns the command of a training job: the job's entry point, the training toolkit with the user's script, or the image's
 * built-in algorithm. It also puts the user's code in its place.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AlgorithmSpecification.html,
 * https://github.com/aws/sagemaker-xgboost-container (training.py: algorithm mode without a user's entry point)
 *
 * @throws Error for a script that does not exist, and for an image without an algorithm
 */
export async function trainingCommand(
  job: TrainingJobRecord,
  image: LocalImage,
  folder: JobFolder,
  s3: RoleSession["s3"],
): Promise<TrainingCommand> {
  const { ContainerEntrypoint, ContainerArguments = [] } = job.AlgorithmSpecification ?? {};
  if (ContainerEntrypoint !== undefined && ContainerEntrypoint.length > 0) {
    return { command: [...ContainerEntrypoint, ...ContainerArguments].map(String) };
  }
  const program = job.Environment?.["SAGEMAKER_PROGRAM"] ?? toolkitValue(job, "sagemaker_program");
  if (program !== undefined) {
    const source = job.Environment?.["SAGEMAKER_SUBMIT_DIRECTORY"] ?? toolkitValue(job, "sagemaker_submit_directory");
    await bringSourceCode(s3, source, "/opt/ml/code", folder);
    if (!folder.has(`/opt/ml/code/${program}`)) {
      throw new Error(
        `ClientError: the script ${program} is not in ${source ?? "the image, which is not on this machine"}`,
      );
    }
    const commandFile = join(folder.workFolder(), "command");
    return {
      command: ["python3", toolkit, image.frameworkModule],
      environment: { SM_LOCAL_COMMAND_FILE: commandFile },
      commandFile,
    };
  }
  if (image.algorithm !== undefined) return { command: image.algorithm };
  throw new Error(
    `the image ${image.uri} has no built-in algorithm: give the step a script (sagemaker_program) or a ContainerEntrypoint, or train with the sagemaker-xgboost image`,
  );
}

/** Reads one of the toolkit's hyperparameters. The SDK writes them as JSON, but users may write plain text. */
function toolkitValue(job: TrainingJobRecord, name: string): string | undefined {
  const text = job.HyperParameters?.[name];
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : text;
  } catch {
    return text;
  }
}
