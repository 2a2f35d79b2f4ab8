import { existsSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { JobFolder } from "./process/job-folder.ts";
import { extractArchive } from "./transfer/archive.ts";
import { downloadObject } from "./transfer/s3-transfer.ts";

/**
 * Puts a user's code where the image has it: the archive on S3 that the SDK uploads (`sourcedir.tar.gz`), or an archive or a
 * folder that the job's inputs have brought below /opt/ml.
 *
 * Source: https://github.com/aws/sagemaker-training-toolkit (files.py, download_and_extract)
 *
 * @param target the code's folder, as the container sees it
 * @throws Error for code that is nowhere on this machine, or an archive that is none or leaves its folder
 */
export async function bringSourceCode(
  s3: S3Client,
  source: string | undefined,
  target: string,
  folder: JobFolder,
): Promise<void> {
  const code = folder.makeFolder(target);
  if (source === undefined || source === target) return;
  if (source.startsWith("s3://")) {
    const archive = join(folder.workFolder(), "sourcedir.tar.gz");
    await downloadObject(s3, source, archive);
    return extractArchive(archive, code, source);
  }
  const path = source.startsWith("/opt/ml/") ? folder.local(source) : undefined;
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      `ClientError: the code is at ${source}, which is in the image and not on this machine: give the source directory's archive on S3`,
    );
  }
  if (statSync(path).isDirectory()) await cp(path, code, { recursive: true });
  else await extractArchive(path, code, source);
}
