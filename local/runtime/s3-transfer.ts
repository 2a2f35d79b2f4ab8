import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { below, type LandingObject, parseS3Uri } from "./s3-uri.ts";

/** A client for the endpoint's own S3, in the name of nobody unless the credentials are somebody's. */
export function s3Client(
  endpoint: string,
  region: string,
  credentials = { accessKeyId: "local", secretAccessKey: "local" },
): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials,
    // Checksums are for the way over a network; computing them makes every stream a chunked one.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
}

/** The text of one object. @throws Error that names the URI. */
export async function readObject(s3: S3Client, uri: string): Promise<string> {
  const { bucket, key } = parseS3Uri(uri);
  try {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await answer.Body?.transformToString()) ?? "";
  } catch (error) {
    throw new Error(`${uri} cannot be read: ${error instanceof Error ? error.name : error}`, { cause: error });
  }
}

/** Downloads objects of a bucket, each to its path below a folder. @throws Error for a path that leaves the folder. */
export async function downloadObjects(
  s3: S3Client,
  bucket: string,
  objects: readonly LandingObject[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const { key, path } of objects) {
    const target = resolve(folder, path);
    if (!target.startsWith(resolve(folder) + sep)) throw new Error(`ClientError: the key ${key} leaves its folder`);
    await mkdir(dirname(target), { recursive: true });
    await downloadObject(s3, `s3://${bucket}/${key}`, target);
  }
}

/** Downloads one object to a file. @throws Error that names the URI. */
export async function downloadObject(s3: S3Client, uri: string, file: string): Promise<void> {
  const { bucket, key } = parseS3Uri(uri);
  try {
    const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (answer.Body instanceof Readable) await pipeline(answer.Body, createWriteStream(file));
  } catch (error) {
    throw new Error(
      `ClientError: Data download failed: ${uri}: ${error instanceof Error ? error.message || error.name : error}`,
      { cause: error },
    );
  }
}

/** The keys below a prefix, in S3's order. @throws Error that names the prefix. */
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

/** Uploads every file of a folder below an S3 URI, in the order of their names. */
export async function upload(s3: S3Client, folder: string, uri: string): Promise<void> {
  for (const path of await filesOf(folder)) await uploadFile(s3, path, below(uri, toKey(relative(folder, path))));
}

export async function uploadFile(s3: S3Client, path: string, uri: string): Promise<void> {
  const { bucket, key } = parseS3Uri(uri);
  const { size } = await stat(path);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size }));
}

/** Every file below a folder, sorted. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function toKey(path: string): string {
  return path.split(sep).join("/");
}
