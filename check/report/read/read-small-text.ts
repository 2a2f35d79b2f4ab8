import type { S3Client } from "@aws-sdk/client-s3";
import { s3Address } from "../../../aws/s3-address.ts";
import { smallObject } from "../../../aws/small-object.ts";
import { isNotFound } from "../../../service-model/not-found.ts";
import { NotThere } from "./not-there.ts";

/**
 * The text of an object on S3.
 *
 * @throws NotThere if there is none, or it is too large; the SDK's errors for anything else
 */
export async function readSmallText(s3: S3Client, uri: string): Promise<string> {
  const address = s3Address(uri);
  if (address === undefined) throw new NotThere(`${uri} is no S3 URI`);
  try {
    const content = await smallObject(s3, address);
    if (typeof content === "number") throw new NotThere(`${uri} has more than 1 MiB`);
    return content;
  } catch (error) {
    if (isNotFound(error)) throw new NotThere(`there is no ${uri}`);
    throw error;
  }
}
