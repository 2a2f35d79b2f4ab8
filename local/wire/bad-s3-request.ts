import type { IncomingHttpHeaders } from "node:http";
import type { ServiceError } from "./wire-error.ts";

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const longestKey = 1024;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html */
const largestPut = 5 * 1024 ** 3;

/** Hosts that do not begin with a bucket: an IP address, a name without dots, and S3's own name. */
const pathStyle = /^(\[|\d+\.\d+\.\d+\.\d+(:|$)|[^.]*$|s3[.-])/i;

/**
 * Returns S3's error for a request that S3 rejects because of its path or its size; undefined for a request that passes.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export function badS3Request(headers: IncomingHttpHeaders, url: string): ServiceError | undefined {
  const [path = ""] = url.split("?");
  const decoded = decode(path);
  if (decoded === undefined || decoded.includes("\0")) return invalidUri;
  // S3 treats %2F as a slash. The same is done here, so that every part of the endpoint reads the same bucket from a path.
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

/** Tells whether the `..` of a key lead out of its bucket. Other `..` are ordinary characters of a key. */
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
