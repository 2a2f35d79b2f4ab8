import { existsSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { S3Client } from "@aws-sdk/client-s3";
import type { JobFolder } from "./process/job-folder.ts";
import { extractArchive } from "./transfer/extract-archive.ts";
import { downloadObject } from "./transfer/s3-transfer.ts";

/**
 * Puts the user's code into the folder in which the image expects it. The code is an archive on S3, as the SDK uploads it
 * (`sourcedir.tar.gz`), or an archive or folder below /opt/ml that was downloaded as an input of the job.
 *
 * Source: https://github.com/aws/sagemaker-training-toolkit (files.py, download_and_extract)
 *
 * @param target the code's folder, as the container sees it
 * @throws Error for code that is not on this machine, and for an archive that is invalid or leaves its folder
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
