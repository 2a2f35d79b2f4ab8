import type { RoleSession } from "../authorization/role-sessions.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import { localImage } from "./images.ts";
import { downloadInputData } from "./input-data.ts";
import { JobFolder } from "./job-folder.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { upload } from "./s3-transfer.ts";

/**
 * Runs a processing job to its end: inputs from S3, the entry point as a process, outputs to S3. Never rejects.
 *
 * Source: SageMaker developer guide, "How Amazon SageMaker Processing runs your processing container image".
 */
export async function runProcessingJob(
  job: ProcessingJobRecord,
  region: string,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<JobEnd> {
  const name = job.ProcessingJobName ?? "";
  const session = runtime.sessions.open({ role: job.RoleArn ?? "", by: name }, region);
  let folder: JobFolder | undefined;
  try {
    const image = localImage(job.AppSpecification?.ImageUri ?? "", runtime.pythons, runtime.images);
    const entrypoint = job.AppSpecification?.ContainerEntrypoint ?? [];
    if (entrypoint.length === 0) {
      throw new Error("the image's own entry point does not run locally: give the step a ContainerEntrypoint");
    }
    folder = new JobFolder(runtime.folder, name, runtime.namespace);
    await bringInputs(job, folder, session);
    writeConfiguration(job, folder);
    const end = await runContainer(
      {
        image,
        command: [...entrypoint, ...(job.AppSpecification?.ContainerArguments ?? [])].map(String),
        environment: {
          ...job.Environment,
          PROCESSING_JOB_NAME: name,
          PROCESSING_JOB_ARN: job.ProcessingJobArn,
        },
        folder,
        credentials: session.credentials,
        jobName: name,
        group: "/aws/sagemaker/ProcessingJobs",
        region,
        maxSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
        messageFile: "message",
      },
      runtime,
      signal,
    );
    if (end.status === "Completed") {
      await sendOutputs(job, folder, session);
      folder.remove();
    }
    return end;
  } catch (error) {
    return failedEnd(error);
  } finally {
    session.close();
  }
}

async function bringInputs(job: ProcessingJobRecord, folder: JobFolder, { s3 }: RoleSession): Promise<void> {
  for (const input of job.ProcessingInputs ?? []) {
    const source = input.S3Input;
    if (source?.S3Uri === undefined || source.LocalPath === undefined) {
      throw new Error(`the processing input ${input.InputName} is no S3Input with a LocalPath: only those run locally`);
    }
    await downloadInputData(s3, { uri: source.S3Uri }, folder.makeFolder(source.LocalPath));
  }
  for (const output of job.ProcessingOutputConfig?.Outputs ?? []) {
    if (output.S3Output?.LocalPath !== undefined) folder.makeFolder(output.S3Output.LocalPath);
  }
}

function writeConfiguration(job: ProcessingJobRecord, folder: JobFolder): void {
  const { ProcessingJobArn, ProcessingJobName, AppSpecification, Environment, ProcessingInputs } = job;
  const { ProcessingOutputConfig, ProcessingResources, RoleArn, StoppingCondition } = job;
  folder.writeJson("/opt/ml/config/processingjobconfig.json", {
    ProcessingJobArn,
    ProcessingJobName,
    AppSpecification,
    Environment,
    ProcessingInputs,
    ProcessingOutputConfig,
    ProcessingResources,
    RoleArn,
    StoppingCondition,
  });
  folder.writeJson("/opt/ml/config/resourceconfig.json", { current_host: "algo-1", hosts: ["algo-1"] });
}

async function sendOutputs(job: ProcessingJobRecord, folder: JobFolder, { s3 }: RoleSession): Promise<void> {
  for (const output of job.ProcessingOutputConfig?.Outputs ?? []) {
    const target = output.S3Output;
    if (target?.S3Uri === undefined || target.LocalPath === undefined) continue;
    await upload(s3, folder.local(target.LocalPath), target.S3Uri);
  }
}
