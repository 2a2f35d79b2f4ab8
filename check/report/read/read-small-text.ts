import type { S3Client } from "@aws-sdk/client-s3";
import { s3Address } from "../../../aws/s3-address.ts";
import { smallObject } from "../../../aws/small-object.ts";
import { isNotFound } from "../../../service-model/not-found.ts";
import { NotThere } from "./not-there.ts";

/**
 * Reads the text of an S3 object.
 *
 * @throws NotThere if the object does not exist or is too large; the SDK's errors for anything else
 */
export async function readSmallText(s3: S3Client, uri: string): Promise<string> {
  const address = s3Address(uri);
  if (address === undefined) throw new NotThere(`${uri} is not an S3 URI`);
  try {
    const content = await smallObject(s3, address);
    if (typeof content === "number") throw new NotThere(`${uri} has more than 1 MiB`);
    return content;
  } catch (error) {
    if (isNotFound(error)) throw new NotThere(`${uri} does not exist`);
    throw error;
  }
}
