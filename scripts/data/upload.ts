import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { ExitError, exitCode } from "../command/exit-code.ts";
import { aws } from "../execution/aws-error.ts";

export interface DataLocation {
  readonly bucket: string;
  /** The pipeline's own prefix. */
  readonly prefix: string;
}

async function isThere(s3: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/**
 * Uploads a data file to `s3://<bucket>/<prefix>/data/<sha256 of content>/<name>`, unless it is there. Step caching
 * looks at addresses, not at content: new data at an old address would never be read.
 *
 * @returns the S3 URI
 * @throws ExitError (2) if the file cannot be read, (6) if S3 refuses
 */
export async function uploadData(s3: S3Client, file: string, { bucket, prefix }: DataLocation): Promise<string> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new ExitError(exitCode.usage, `${file} cannot be read (${error.code}): give a file that exists.`);
  });
  const sha256 = createHash("sha256").update(content).digest("hex");
  const key = `${prefix}/data/${sha256}/${basename(file)}`;
  await aws(`Uploading ${file} to ${bucket}`, async () => {
    if (!(await isThere(s3, bucket, key)))
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }));
  });
  return `s3://${bucket}/${key}`;
}
