import { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { S3Address } from "./s3-address.ts";

/** The most bytes that are read of one object. An evaluation or a list of metrics is far smaller. */
const smallBytes = 1_048_576;

/**
 * Returns the text of an S3 object, or its size in bytes if it is larger than 1 MiB.
 *
 * @throws the SDK's errors
 */
export async function smallObject(s3: S3Client, where: S3Address): Promise<string | number> {
  const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand(where));
  if (ContentLength <= smallBytes) return (await Body?.transformToString("utf-8")) ?? "";
  // The SDK would throw an error that cannot be caught after some time if nobody reads the body.
  if (Body instanceof Readable) Body.destroy();
  return ContentLength;
}
