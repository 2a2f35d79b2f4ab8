import { landingPaths, parseS3Uri } from "../../service-model/s3-uri.ts";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { ContinuousUpload } from "./transfer/continuous-upload.ts";
import { downloadObjects, listObjects } from "./transfer/s3-transfer.ts";

/**
 * A training job's checkpoints: what is on S3 is there when the script begins, and what the script saves goes to S3 while it
 * runs. Undefined for a job that has none.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/model-checkpoints.html
 */
export async function bringCheckpoints(
  job: TrainingJobRecord,
  folder: JobFolder,
  s3: RoleSession["s3"],
): Promise<ContinuousUpload | undefined> {
  const uri = job.CheckpointConfig?.S3Uri;
  if (uri === undefined) return undefined;
  const path = job.CheckpointConfig?.LocalPath ?? "/opt/ml/checkpoints";
  const local = folder.makeFolder(path);
  folder.writeJson("/opt/ml/input/config/checkpointconfig.json", { S3Uri: uri, LocalPath: path });
  const { bucket, key } = parseS3Uri(uri);
  // No checkpoints yet is how every job begins.
  await downloadObjects(s3, bucket, landingPaths(key, await listObjects(s3, bucket, key)), local);
  const upload = new ContinuousUpload(s3, local, folder.path, uri);
  await upload.start();
  return upload;
}
