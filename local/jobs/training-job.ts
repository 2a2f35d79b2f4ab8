import type { SecondaryStatus } from "@aws-sdk/client-sagemaker";
import { jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import { bringCheckpoints } from "./checkpoints.ts";
import { type LocalImage, localImage } from "./images/images.ts";
import { Metrics } from "./metrics.ts";
import { JobFolder } from "./process/job-folder.ts";
import { pythonOverlay } from "./python-overlay.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { type TrainingCommand, trainingCommand } from "./training-command.ts";
import { bringTrainingInputs } from "./training-inputs.ts";
import { sendTrainingOutputs } from "./training-outputs.ts";
import type { ContinuousUpload } from "./transfer/continuous-upload.ts";

export interface TrainingEnd extends JobEnd {
  readonly metrics: ReturnType<Metrics["final"]>;
}

/**
 * Runs a training job to its end: channels from S3, the algorithm or the user's script as a process; the model goes to
 * `<S3OutputPath>/<job name>/output/model.tar.gz`. Never rejects.
 *
 * Source: SageMaker developer guide, "How Amazon SageMaker AI provides training information".
 *
 * @param phase told of each secondary status that the job comes to
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
    const image = localImage(job.AlgorithmSpecification?.TrainingImage ?? "", runtime.pythons, runtime.images);
    const folder = new JobFolder(runtime.folder, name, runtime.namespace);
    metrics = new Metrics(job.AlgorithmSpecification?.MetricDefinitions);
    phase("Downloading");
    await bringTrainingInputs(job, folder, session.s3);
    const run = await trainingCommand(job, image, folder, session.s3);
    checkpoints = await bringCheckpoints(job, folder, session.s3);
    phase("Training");
    const end = await runContainer(
      {
        image: run.command === image.algorithm ? described(image) : pythonOverlay(image, folder.pythonFolder()),
        command: run.command,
        environment: {
          ...job.Environment,
          ...run.environment,
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
        toolkitMessage: toolkitMessage(run, folder),
      },
      runtime,
      signal,
    );
    await checkpoints?.finish();
    if (end.status === "Failed") return { ...end, metrics: metrics.final() };
    phase("Uploading");
    await sendTrainingOutputs(job, folder, session.s3, end.status === "Completed");
    folder.remove();
    return { ...end, metrics: metrics.final() };
  } catch (error) {
    await checkpoints?.finish().catch(() => {});
    return { ...failedEnd(error), metrics: metrics.final() };
  } finally {
    session.close();
  }
}

/** The image as its algorithm's log introduces it. */
function described(image: LocalImage): LocalImage {
  return { ...image, description: `${image.description} ${image.generation?.description ?? ""}`.trim() };
}

/** The toolkit's own words for a script that failed. Source: sagemaker-training-toolkit, errors.py */
function toolkitMessage({ commandFile }: TrainingCommand, folder: JobFolder) {
  if (commandFile === undefined) return undefined;
  return (code: number, lastLine: string) => {
    const [kind = "", command = ""] = folder.readWorkFile("command").split("\n");
    return `${kind}\nExitCode ${code}\nErrorMessage "${lastLine}"\nCommand "${command}"`;
  };
}
