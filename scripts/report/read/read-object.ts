import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { NotThere } from "./not-there.ts";

/** Far above what pictures need; more is something else. */
const maximumBytes = 1_048_576;

/**
 * The text of an object on S3.
 *
 * @throws NotThere if there is none, or it is too large; the SDK's errors for anything else
 */
export async function readObject(s3: S3Client, uri: string): Promise<string> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (Bucket === undefined || Key === undefined) throw new NotThere(`${uri} is no S3 URI`);
  try {
    const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    if (ContentLength > maximumBytes) throw new NotThere(`${uri} has more than 1 MiB`);
    return (await Body?.transformToString("utf-8")) ?? "";
  } catch (error) {
    if ((error as Error).name === "NoSuchKey") throw new NotThere(`there is no ${uri}`);
    throw error;
  }
}
