import { landingPaths, parseS3Uri } from "../../service-model/s3-uri.ts";
import type { RoleSession } from "../iam/role-sessions.ts";
import type { TrainingJobRecord } from "../state/store.ts";
import type { JobFolder } from "./process/job-folder.ts";
import { ContinuousUpload } from "./transfer/continuous-upload.ts";
import { downloadObjects, listObjects } from "./transfer/s3-transfer.ts";

/**
 * Downloads a training job's checkpoints from S3 and starts to upload those that the script saves, while the job runs.
 * Undefined for a job without a CheckpointConfig.
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
  // The location is a folder, not an S3Prefix. It may be empty: the first job of a training has no checkpoints yet.
  const prefix = key === "" || key.endsWith("/") ? key : `${key}/`;
  await downloadObjects(s3, bucket, landingPaths(prefix, await listObjects(s3, bucket, prefix)), local);
  const upload = new ContinuousUpload(s3, local, folder.path, uri);
  await upload.start();
  return upload;
}
