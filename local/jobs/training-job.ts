import type { SecondaryStatus } from "@aws-sdk/client-sagemaker";
import { jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import { bringCheckpoints } from "./checkpoints.ts";
import { type LocalImage, localImage } from "./images/local-image.ts";
import { Metrics } from "./metrics.ts";
import { JobFolder } from "./process/job-folder.ts";
import { ownPython, pythonOverlay } from "./python-overlay.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { type TrainingCommand, trainingCommand } from "./training-command.ts";
import { bringTrainingInputs } from "./training-inputs.ts";
import { sendTrainingOutputs } from "./training-outputs.ts";
import type { ContinuousUpload } from "./transfer/continuous-upload.ts";

/** The end of a training job, with its metrics. */
export interface TrainingEnd extends JobEnd {
  readonly metrics: ReturnType<Metrics["final"]>;
}

/**
 * Runs a training job: downloads its channels, runs the algorithm or the user's script as a process, and uploads the model to
 * `<S3OutputPath>/<job name>/output/model.tar.gz`, even if the script failed. Never rejects.
 *
 * Source: SageMaker developer guide, "How Amazon SageMaker AI provides training information".
 *
 * @param phase called with each secondary status that the job reaches
 */
export async function runTrainingJob(
  job: TrainingJobRecord,
  region: string,
  runtime: Runtime,
  signal: AbortSignal,
  phase: (status: SecondaryStatus) => void,
): Promise<TrainingEnd> {
  let metrics = new Metrics();
  const name = job.TrainingJobName ?? "";
  const session = runtime.sessions.open({ role: job.RoleArn ?? "", by: name }, region);
  let checkpoints: ContinuousUpload | undefined;
  try {
    const image = await localImage(job.AlgorithmSpecification?.TrainingImage ?? "", runtime);
    const folder = new JobFolder(runtime.folder, name, runtime.ownRoot);
    metrics = new Metrics(job.AlgorithmSpecification?.MetricDefinitions);
    phase("Downloading");
    await bringTrainingInputs(job, folder, session.s3);
    const training = await trainingCommand(job, image, folder, session.s3);
    checkpoints = await bringCheckpoints(job, folder, session.s3);
    phase("Training");
    const end = await runContainer(
      {
        ...(training.command === image.algorithm
          ? await algorithmRun(job, image, folder, runtime)
          : {
              image: await ownPython(image, training.command, folder, runtime.pythons),
              command: training.command,
            }),
        environment: {
          ...job.Environment,
          ...training.environment,
          TRAINING_JOB_NAME: name,
          TRAINING_JOB_ARN: job.TrainingJobArn,
        },
        folder,
        credentials: session.credentials,
        jobName: name,
        group: logGroup(jobKinds.TrainingJob.logs),
        region,
        maxSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
        messageFile: "failure",
        onLine: (line, time) => metrics.read(line, time),
        toolkitMessage: toolkitMessage(training, folder),
      },
      runtime,
      signal,
    );
    await checkpoints?.finish();
    phase("Uploading");
    const sent = sendTrainingOutputs(job, folder, session.s3, end.status === "Completed");
    // The script's own failure is the reason of the job, even if its outputs cannot be uploaded.
    await (end.status === "Failed" ? sent.catch(() => {}) : sent);
    // The folder of a failed job stays, so that a user can look into it.
    if (end.status !== "Failed") folder.remove();
    return { ...end, metrics: metrics.final() };
  } catch (error) {
    await checkpoints?.finish().catch(() => {});
    return { ...failedEnd(error), metrics: metrics.final() };
  } finally {
    session.close();
  }
}

/** Returns the image and the command of a built-in algorithm. A channel with Parquet data needs a package of its own. */
async function algorithmRun(job: TrainingJobRecord, image: LocalImage, folder: JobFolder, { pythons }: Runtime) {
  const [, ...rest] = image.algorithm ?? [];
  const more = await pythons.packages((job.InputDataConfig ?? []).map(({ ContentType }) => ContentType).join("\n"));
  const own = more.length === 0 ? image : pythonOverlay(image, folder.pythonFolder(), more);
  return { image: described(own), command: [own.python, ...rest] };
}

/** Adds the behaviour of the image's algorithm to the description for the log. */
function described(image: LocalImage): LocalImage {
  return { ...image, description: `${image.description} ${image.generation?.description ?? ""}`.trim() };
}

/** Returns the function that words a failure of the script as the toolkit does. Source: sagemaker-training-toolkit, errors.py */
function toolkitMessage({ commandFile }: TrainingCommand, folder: JobFolder) {
  if (commandFile === undefined) return undefined;
  return (code: number, lastLine: string) => {
    const [kind = "", command = ""] = folder.readWorkFile("command").split("\n");
    return `${kind}\nExitCode ${code}\nErrorMessage "${lastLine}"\nCommand "${command}"`;
  };
}
