import type { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { type LandingObject, landingPaths, parseS3Uri } from "../../../service-model/s3-uri.ts";
import { downloadObjects, listObjects, objectText } from "./s3-transfer.ts";

/** The data of a job's input on S3. */
export interface InputData {
  readonly uri: string;
  /** `S3DataType`; `S3Prefix` unless given. */
  readonly type?: string | undefined;
  /** `File`, `FastFile` (the same files, without streaming) or `Pipe`. */
  readonly mode?: string | undefined;
  /** `None` or `Gzip`. */
  readonly compression?: string | undefined;
}

/**
 * Checks that an input can be used by a local job.
 *
 * @param what the input's name in errors, such as `the channel train`
 * @throws Error that says what to use instead
 */
export function checkInputData(what: string, { type, mode, compression }: InputData): void {
  if (mode === "Pipe") {
    throw new Error(`${what} is read in Pipe mode, which does not run locally: use File mode, or run this on AWS`);
  }
  if (type === "AugmentedManifestFile") {
    throw new Error(
      `${what} is an AugmentedManifestFile, which is for Pipe mode and does not run locally: use a ManifestFile or an S3Prefix`,
    );
  }
  if (compression !== undefined && compression !== "None") {
    throw new Error(
      `${what} has the compression type ${compression}, which is for Pipe mode only: leave it out, and decompress in the script`,
    );
  }
}

/** A manifest: `[{"prefix": "s3://bucket/some/"}, "path/1", "path/2"]`. */
const manifest = z.tuple([z.object({ prefix: z.string() })], z.string());

/**
 * Returns the objects that a manifest names, each with its path relative to the prefix.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html
 *
 * @throws Error for an invalid manifest
 */
export function manifestObjects(uri: string, text: string): { readonly bucket: string; objects: LandingObject[] } {
  const [{ prefix }, ...paths] = parseManifest(uri, text);
  const { bucket, key } = parseS3Uri(prefix);
  return { bucket, objects: paths.map((path) => ({ key: `${key}${path}`, path: path.replace(/^\/+/, "") })) };
}

function parseManifest(uri: string, text: string): z.infer<typeof manifest> {
  try {
    return manifest.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(
      `ClientError: the manifest ${uri} is not a JSON list of {"prefix": "s3://..."} and paths below the prefix`,
      { cause: error },
    );
  }
}

/** Lists the objects of an input, each with its path below the input's folder. @throws Error with SageMaker's text if there are none */
export async function findInputData(
  s3: S3Client,
  { uri, type }: InputData,
): Promise<{ readonly bucket: string; readonly objects: readonly LandingObject[] }> {
  if (type === "ManifestFile") return manifestObjects(uri, await objectText(s3, uri));
  const { bucket, key } = parseS3Uri(uri);
  const objects = landingPaths(key, await listObjects(s3, bucket, key));
  if (objects.length > 0) return { bucket, objects };
  throw new Error(
    `ClientError: Data download failed:No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists and that objects exist under that S3 prefix.`,
  );
}

/**
 * Downloads an input's objects into a folder.
 *
 * @throws Error with SageMaker's text if there are none
 */
export async function downloadInputData(s3: S3Client, data: InputData, folder: string): Promise<void> {
  const { bucket, objects } = await findInputData(s3, data);
  await downloadObjects(s3, bucket, objects, folder);
}
