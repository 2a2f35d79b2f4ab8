import { join } from "node:path";
import type { RoleSession } from "../authorization/role-sessions.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import { type LocalImage, localImage } from "./images.ts";
import { JobFolder } from "./job-folder.ts";
import { Metrics } from "./metrics.ts";
import { writeModelArchive } from "./model-archive.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { allOrFirstError, download, uploadFile } from "./s3-transfer.ts";
import { below } from "./s3-uri.ts";

export interface TrainingEnd extends JobEnd {
  readonly metrics: ReturnType<Metrics["final"]>;
}

/**
 * Runs a training job on an image's built-in algorithm to its end; the model goes to
 * `<S3OutputPath>/<job name>/output/model.tar.gz`. Never rejects.
 *
 * Source: SageMaker developer guide, "How Amazon SageMaker AI provides training information".
 */
export async function runTrainingJob(
  job: TrainingJobRecord,
  region: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<TrainingEnd> {
  const metrics = new Metrics();
  const name = job.TrainingJobName ?? "";
  const session = runtime.sessions.open({ role: job.RoleArn ?? "", by: name }, region);
  try {
    const image = localImage(job.AlgorithmSpecification?.TrainingImage ?? "", runtime.pythons);
    const command = algorithmOf(job, image);
    const folder = new JobFolder(runtime.folder, name, runtime.namespace);
    await bringInputs(job, folder, session);
    const end = await runContainer(
      {
        image,
        command,
        environment: { ...job.Environment, TRAINING_JOB_NAME: name, TRAINING_JOB_ARN: job.TrainingJobArn },
        folder,
        credentials: session.credentials,
        jobName: name,
        group: "/aws/sagemaker/TrainingJobs",
        region,
        maxSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
        messageFile: "failure",
        onLine: (line, time) => metrics.read(line, time),
      },
      runtime,
      signal,
    );
    if (end.status === "Completed") {
      const archive = join(folder.workFolder(), "model.tar.gz");
      await writeModelArchive(folder.local("/opt/ml/model"), archive);
      await uploadFile(session.s3, archive, modelUri(job));
      folder.remove();
    }
    return { ...end, metrics: metrics.final() };
  } catch (error) {
    return { ...failedEnd(error), metrics: metrics.final() };
  } finally {
    session.close();
  }
}

/** Where a job's model goes. */
export function modelUri(job: TrainingJobRecord): string {
  return below(job.OutputDataConfig?.S3OutputPath ?? "", `${job.TrainingJobName}/output/model.tar.gz`);
}

function algorithmOf(job: TrainingJobRecord, image: LocalImage): readonly string[] {
  const script = job.HyperParameters?.["sagemaker_program"] ?? job.AlgorithmSpecification?.ContainerEntrypoint?.[0];
  if (script !== undefined) {
    throw new Error(
      `a training script of your own (${script}) does not run locally: leave it out to train with the image's built-in algorithm, or run this pipeline on AWS`,
    );
  }
  if (image.algorithm !== undefined) return image.algorithm;
  throw new Error(
    `the image ${job.AlgorithmSpecification?.TrainingImage} has no built-in algorithm: train with the sagemaker-xgboost image`,
  );
}

async function bringInputs(job: TrainingJobRecord, folder: JobFolder, { s3 }: RoleSession): Promise<void> {
  const channels: { [name: string]: object } = {};
  await allOrFirstError(job.InputDataConfig ?? [], async (channel) => {
    const source = channel.DataSource?.S3DataSource;
    if (source?.S3Uri === undefined || channel.ChannelName === undefined) {
      throw new Error(`the channel ${channel.ChannelName} has no S3DataSource: only those run locally`);
    }
    await download(s3, source.S3Uri, folder.makeFolder(`/opt/ml/input/data/${channel.ChannelName}`));
    channels[channel.ChannelName] = {
      ...(channel.ContentType === undefined ? {} : { ContentType: channel.ContentType }),
      TrainingInputMode: channel.InputMode ?? job.AlgorithmSpecification?.TrainingInputMode ?? "File",
      S3DistributionType: source.S3DataDistributionType ?? "FullyReplicated",
      RecordWrapperType: channel.RecordWrapperType ?? "None",
    };
  });
  folder.writeJson("/opt/ml/input/config/inputdataconfig.json", channels);
  folder.writeJson("/opt/ml/input/config/hyperparameters.json", job.HyperParameters ?? {});
  folder.writeJson("/opt/ml/input/config/resourceconfig.json", {
    current_host: "algo-1",
    hosts: ["algo-1"],
    network_interface_name: "lo",
  });
}
