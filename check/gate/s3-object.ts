import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { present } from "../../aws/present.ts";
import { type S3Address, s3Address } from "../../aws/s3-address.ts";
import { smallObject } from "../../aws/small-object.ts";
import { ExitError, exitCode } from "../../exit-code.ts";

function location(uri: string): S3Address {
  const address = s3Address(uri);
  if (address !== undefined) return address;
  throw new ExitError(exitCode.evaluation, `"${uri}" is not an S3 URI such as s3://bucket/path/file.`);
}

/** Matches a web page, which a proxy may answer with success instead of S3. */
const page = /^\s*<(!doctype\s+)?html\b/i;

/**
 * Reads the text of an object; undefined if the object does not exist.
 *
 * @throws ExitError (5) if it is larger than 1 MiB, (6) if an AWS call fails or a proxy answers instead
 */
export async function readText(s3: S3Client, uri: string): Promise<string | undefined> {
  const where = location(uri);
  return present(uri, async () => {
    const content = await smallObject(s3, where);
    if (typeof content === "string" && page.test(content))
      throw new ExitError(
        exitCode.aws,
        `Reading ${uri}: the answer is a web page, not an object of this stack: check whether a proxy answers instead of AWS, and run again.`,
      );
    if (typeof content === "string") return content;
    throw new ExitError(exitCode.evaluation, `${uri} has ${content} bytes; an evaluation has at most 1 MiB.`);
  });
}

/**
 * Tells whether an object exists.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function exists(s3: S3Client, uri: string): Promise<boolean> {
  const where = location(uri);
  return (await present(uri, () => s3.send(new HeadObjectCommand(where)))) !== undefined;
}
