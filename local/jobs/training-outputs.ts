import { existsSync } from "node:fs";
import { join } from "node:path";
import { below } from "../../service-model/s3-uri.ts";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { writeModelArchive } from "./transfer/model-archive.ts";
import { outputFiles } from "./transfer/output-files.ts";
import { filesOf, upload, uploadFile } from "./transfer/s3-transfer.ts";

/** Returns the S3 URI of a job's model: an archive, or a prefix for the uncompressed files. */
export function modelUri(job: TrainingJobRecord): string {
  return outputUri(job, isCompressed(job) ? "model.tar.gz" : "model/");
}

/** Tells whether the model is uploaded as an archive. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OutputDataConfig.html */
function isCompressed(job: TrainingJobRecord): boolean {
  return job.OutputDataConfig?.CompressionType !== "NONE";
}

function outputUri(job: TrainingJobRecord, name: string): string {
  return below(job.OutputDataConfig?.S3OutputPath ?? "", `${job.TrainingJobName}/output/${name}`);
}

/**
 * Uploads the outputs of a job: /opt/ml/model as model.tar.gz and, unless it is empty, /opt/ml/output/data as output.tar.gz.
 * For a stopped or failed job, it uploads the model that the script had saved, if any.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-output.html
 */
export async function sendTrainingOutputs(
  job: TrainingJobRecord,
  folder: JobFolder,
  s3: RoleSession["s3"],
  completed: boolean,
): Promise<void> {
  const send = async (path: string, uri: string) => {
    const archive = join(folder.workFolder(), uri.split("/").at(-1) ?? "");
    await writeModelArchive(folder.local(path), archive);
    await uploadFile(s3, archive, uri);
  };
  const data = "/opt/ml/output/data";
  if (await holdsFiles(folder, data)) await send(data, outputUri(job, "output.tar.gz"));
  const hasModel = completed || (await holdsFiles(folder, "/opt/ml/model"));
  if (hasModel && isCompressed(job)) await send("/opt/ml/model", modelUri(job));
  else if (hasModel) await upload(s3, await outputFiles(folder.local("/opt/ml/model"), folder.path), modelUri(job));
}

async function holdsFiles(folder: JobFolder, path: string): Promise<boolean> {
  const local = folder.local(path);
  return existsSync(local) && (await filesOf(local)).length > 0;
}
