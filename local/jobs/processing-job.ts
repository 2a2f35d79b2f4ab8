import { jobKinds, logGroup } from "../../service-model/job-kinds.ts";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { ProcessingJobRecord } from "../state/store.ts";
import { localImage } from "./images/local-image.ts";
import { JobFolder } from "./process/job-folder.ts";
import { ProcessingOutputs } from "./processing-outputs.ts";
import { jobPython } from "./python-overlay.ts";
import { resourceConfig } from "./resource-config.ts";
import { failedEnd, runContainer } from "./run-container.ts";
import type { JobEnd, Runtime } from "./runtime.ts";
import { checkInputData, downloadInputData } from "./transfer/input-data.ts";
import { allOrFirstError } from "./transfer/s3-transfer.ts";

/**
 * Runs a processing job: downloads its inputs, runs its entry point as a process, and uploads its outputs. Never rejects.
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
  let outputs: ProcessingOutputs | undefined;
  try {
    const image = await localImage(job.AppSpecification?.ImageUri ?? "", runtime);
    const entrypoint = job.AppSpecification?.ContainerEntrypoint ?? [];
    if (entrypoint.length === 0) {
      throw new Error("the entry point of an image does not run locally: give the step a ContainerEntrypoint");
    }
    if (image.warning !== undefined && !/(^|\/)(python[\d.]*|bash|sh)$/.test(String(entrypoint[0])))
      throw new Error(
        `the image ${image.uri} is not known here, and ${entrypoint[0]} is no Python: name a Python for the image in the endpoint's images.json (docs/local-endpoint.md), or run this pipeline on AWS`,
      );
    const folder = new JobFolder(runtime.folder, name, runtime.ownRoot);
    writeConfiguration(job, folder);
    await bringInputs(job, folder, session);
    outputs = new ProcessingOutputs(job, folder, session.s3);
    await outputs.start();
    const command = [...entrypoint, ...(job.AppSpecification?.ContainerArguments ?? [])].map(String);
    const end = await runContainer(
      {
        image: await jobPython(image, command, folder, runtime.pythons),
        command,
        environment: {
          ...job.Environment,
          PROCESSING_JOB_NAME: name,
          PROCESSING_JOB_ARN: job.ProcessingJobArn,
        },
        folder,
        credentials: session.credentials,
        jobName: name,
        group: logGroup(jobKinds.ProcessingJob.logs),
        region,
        maxSeconds: job.StoppingCondition?.MaxRuntimeInSeconds,
        messageFile: "message",
      },
      runtime,
      signal,
    );
    const completed = end.status === "Completed";
    await outputs.finish(completed);
    if (completed) folder.remove();
    return end;
  } catch (error) {
    await outputs?.finish(false).catch(() => {});
    return failedEnd(error);
  } finally {
    session.close();
  }
}

async function bringInputs(job: ProcessingJobRecord, folder: JobFolder, { s3 }: RoleSession): Promise<void> {
  await allOrFirstError(job.ProcessingInputs ?? [], async (input) => {
    const source = input.S3Input;
    if (source?.S3Uri === undefined || source.LocalPath === undefined) {
      throw new Error(
        `the processing input ${input.InputName} has no S3Input with an S3Uri and a LocalPath: only such inputs run locally`,
      );
    }
    const data = {
      uri: source.S3Uri,
      type: source.S3DataType,
      mode: source.S3InputMode,
      compression: source.S3CompressionType,
    };
    checkInputData(`the processing input ${input.InputName}`, data);
    await downloadInputData(s3, data, folder.makeFolder(source.LocalPath));
  });
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
  const { InstanceType, InstanceCount } = ProcessingResources?.ClusterConfig ?? {};
  folder.writeJson("/opt/ml/config/resourceconfig.json", resourceConfig(InstanceType, InstanceCount));
}
