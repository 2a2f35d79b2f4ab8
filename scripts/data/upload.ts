import { Readable } from "node:stream";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { aws } from "../../aws/error.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import { dataFile, sameContent } from "./data-file.ts";

export interface DataLocation {
  readonly bucket: string;
  /** The pipeline's prefix in the artifact bucket. */
  readonly prefix: string;
}

/** The most parts of an upload, and the fewest bytes of a part. Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;
const smallestPart = 8 * 1024 * 1024;

async function isThere(s3: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket, Key }));
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Returns a client for uploads. A slow upload may take as long as it needs; only a connection that sends nothing for 60 s is closed. */
export function uploadClient(region: string): S3Client {
  return new S3Client({ region, requestHandler: { connectionTimeout: 5000, socketTimeout: 60_000 } });
}

/**
 * Uploads a data file to `s3://<bucket>/<prefix>/data/<sha256 of content>/<name>`, unless it exists there. The key contains
 * the hash because the step cache compares S3 URIs, not content, and would miss new data at an old URI. A large file is
 * uploaded in parts and appears on S3 when all parts have arrived.
 *
 * @returns the S3 URI
 * @throws ExitError (2) if the file cannot be read or its name is invalid, (6) if S3 rejects the upload
 */
export async function uploadData(s3: S3Client, path: string, { bucket, prefix }: DataLocation): Promise<string> {
  const file = await dataFile(path);
  const key = `${prefix}/data/${file.sha256}/${file.name}`;
  await aws(`Uploading ${path} to ${bucket}`, async () => {
    if (await isThere(s3, bucket, key)) return;
    const Body = Readable.from(sameContent(file));
    const partSize = Math.max(smallestPart, Math.ceil(file.size / mostParts));
    await new Upload({ client: s3, params: { Bucket: bucket, Key: key, Body }, partSize }).done();
  });
  return `s3://${bucket}/${key}`;
}
