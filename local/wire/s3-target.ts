/** What a request of S3's REST protocol, path style, is about. */
export interface S3Target {
  /** Empty for the account's list of buckets. */
  readonly bucket: string;
  /** Empty for a bucket itself. */
  readonly key: string;
  readonly parameters: URLSearchParams;
}

/**
 * Bucket, key and query of a path, such as `/bucket/a%20key?versionId=1`, or of a whole address, as a proxy is sent. Not
 * read as a URL: a browser's rules would take the key `runs/../code/a.py` for `code/a.py`, which it is not on S3.
 */
export function s3Target(address: string): S3Target {
  const [path = "", ...query] = address.replace(/^https?:\/\/[^/]*/, "").split("?");
  const [bucket = "", ...key] = path.replace(/^\//, "").split("/");
  return { bucket: decoded(bucket), key: decoded(key.join("/")), parameters: new URLSearchParams(query.join("?")) };
}

/** What is no valid encoding stands for itself: S3 refuses it, whoever asks. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
