import { Readable } from "node:stream";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { S3Address } from "./s3-address.ts";

/** Bytes of an object that is read whole; what is kept there has a few numbers, and more is something else. */
const smallBytes = 1_048_576;

/**
 * The text of an object on S3, or the number of its bytes where these are more than 1 MiB.
 *
 * @throws the SDK's errors
 */
export async function smallObject(s3: S3Client, where: S3Address): Promise<string | number> {
  const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand(where));
  if (ContentLength <= smallBytes) return (await Body?.transformToString("utf-8")) ?? "";
  // A body that nobody reads is an error to the SDK after some time, and one that nobody could catch.
  if (Body instanceof Readable) Body.destroy();
  return ContentLength;
}
