import type { IncomingHttpHeaders } from "node:http";
import type { ServiceError } from "./wire-error.ts";

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const largestPut = 5 * 1024 ** 3;

/** Hosts without a bucket before them: an address, a short name, S3's own. */
const pathStyle = /^(\[|\d+\.\d+\.\d+\.\d+(:|$)|[^.]*$|s3[.-])/i;

/**
 * Why S3 refuses a request for what its path is; undefined for one that may go on. The words are S3's own.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function badS3Request(headers: IncomingHttpHeaders, url: string): ServiceError | undefined {
  const [path = ""] = url.split("?");
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes("\0")) return invalidUri;
  // A slash that is written as %2F is one to S3: nobody may read another bucket into a path than S3 does.
  const segments = decoded.replace(/^\//, "").split("/");
  const [bucket = "", ...rest] = segments;
  if (decoded !== "/" && bucket === "") return invalidUri;
  const isPathStyle = pathStyle.test(headers.host ?? "");
  const key = isPathStyle ? rest : segments;
  if (isPathStyle && bucket !== "" && (!/^[\w.-]+$/.test(bucket) || /^\.+$/.test(bucket)))
    return { type: "InvalidBucketName", message: "The specified bucket is not valid.", status: 400 };
  if (isPathStyle && /^[^?]*%2f/i.test(path.split("/")[1] ?? "")) return invalidUri;
  if (Buffer.byteLength(key.join("/")) > longestKey)
    return { type: "KeyTooLongError", message: "Your key is too long", status: 400 };
  if (climbs(key)) return invalidUri;
  if (Number(headers["content-length"] ?? 0) > largestPut)
    return { type: "EntityTooLarge", message: "Your proposed upload exceeds the maximum allowed size", status: 400 };
  return undefined;
}

const invalidUri: ServiceError = { type: "InvalidURI", message: "Couldn't parse the specified URI.", status: 400 };

/** Whether a key's `..` go above its bucket. Within it they are letters like others. */
function climbs(segments: readonly string[]): boolean {
  let depth = 0;
  for (const segment of segments) {
    depth += segment === ".." ? -1 : 1;
    if (depth < 0) return true;
  }
  return false;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
