/** The bucket, the key and the query of a path-style request to S3. */
export interface S3Target {
  /** Empty if the request lists the account's buckets. */
  readonly bucket: string;
  /** Empty if the request is for a bucket. */
  readonly key: string;
  readonly parameters: URLSearchParams;
}

/**
 * Reads the bucket, key and query of a path, such as `/bucket/a%20key?versionId=1`, or of a whole address, which clients
 * send to a proxy. It does not use Node's URL class, which turns the key `runs/../code/a.py` into `code/a.py`; on S3 these
 * are two keys.
 */
export function s3Target(address: string): S3Target {
  const [path = "", ...query] = address.replace(/^https?:\/\/[^/]*/, "").split("?");
  const [bucket = "", ...key] = path.replace(/^\//, "").split("/");
  return { bucket: decoded(bucket), key: decoded(key.join("/")), parameters: new URLSearchParams(query.join("?")) };
}

/** Decodes a part of a path. An invalid encoding is returned as it is, because S3 rejects the request later anyway. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
