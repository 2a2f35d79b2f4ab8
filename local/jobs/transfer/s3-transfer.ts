import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { below, type LandingObject, parseS3Uri } from "../../../service-model/s3-uri.ts";
import { landingPlace } from "./landing-place.ts";
import type { OutputFile } from "./output-files.ts";

/** Runs the work for all items at the same time and waits for all of them. @throws the error of the first item that failed */
export async function allOrFirstError<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  for (const end of await Promise.allSettled(items.map(work))) if (end.status === "rejected") throw end.reason;
}

/** Reads an object as text. @throws Error that names the URI */
export async function objectText(s3: S3Client, uri: string): Promise<string> {
  const { bucket, key } = parseS3Uri(uri);
  try {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToString()) ?? "";
  } catch (error) {
    throw new Error(`${uri} cannot be read: ${told(error)}`, { cause: error });
  }
}

/** Downloads objects of a bucket, each to its path below a folder. @throws Error for a path that leaves the folder */
export async function downloadObjects(
  s3: S3Client,
  bucket: string,
  objects: readonly LandingObject[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { key, path } of objects) {
    const target = landingPlace(folder, path, key);
    await mkdir(dirname(target), { recursive: true });
    await downloadObject(s3, `s3://${bucket}/${key}`, target);
  }
}

/** Downloads one object to a file. @throws Error that names the URI */
export async function downloadObject(s3: S3Client, uri: string, file: string): Promise<void> {
  const { bucket, key } = parseS3Uri(uri);
  // Source of the text: https://github.com/aws/amazon-sagemaker-examples/issues/4384
  const failed = `ClientError: Data download failed:Unable to download object ${uri}`;
  const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(inWords(failed));
  if (answer.Body instanceof Readable) await pipeline(answer.Body, createWriteStream(file));
}

/** Lists the keys below a prefix, in S3's order. @throws Error that names the prefix */
export async function listObjects(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  try {
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) }),
      );
      keys.push(...(page.Contents ?? []).flatMap((object) => object.Key ?? []));
      token = page.NextContinuationToken;
    } while (token !== undefined);
  } catch (error) {
    throw new Error(
      `ClientError: Data download failed: s3://${bucket}/${prefix} cannot be listed: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
  return keys;
}

/** Uploads files below an S3 URI, one after the other. */
export async function upload(s3: S3Client, files: readonly OutputFile[], uri: string): Promise<void> {
  for (const { name, path } of files) await uploadFile(s3, path, below(uri, name));
}

/** Uploads one file. @throws Error that names the URI */
export async function uploadFile(s3: S3Client, path: string, uri: string): Promise<void> {
  const { bucket, key } = parseS3Uri(uri);
  const { size } = await stat(path);
  const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size });
  // Source of the text: https://github.com/aws/amazon-sagemaker-operator-for-k8s/pull/22
  await s3.send(put).catch(inWords(`ClientError: Artifact upload failed:Unable to upload object ${uri}`));
}

/** Returns a function that throws a text with the error of S3 in brackets. */
function inWords(failed: string): (error: unknown) => never {
  return (error) => {
    throw new Error(`${failed} (${told(error)})`, { cause: error });
  };
}

function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Lists every file below a folder, sorted. @throws Error for a name that is not UTF-8 */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // Node replaces bytes that are not UTF-8 by this character.
  const unreadable = files.find((path) => path.includes("\ufffd") && !existsSync(path));
  if (unreadable === undefined) return files.sort();
  const name = relative(folder, unreadable);
  throw new Error(`ClientError: Artifact upload failed: the name '${name}' is not UTF-8: rename it`);
}
