/** Where an object is, as the calls of S3 take it. */
export interface S3Address {
  readonly Bucket: string;
  readonly Key: string;
}

/** Where an S3 URI such as `s3://bucket/path/file` points to; undefined if it is none of an object. */
export function s3Address(uri: string): S3Address | undefined {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return Bucket === undefined || Key === undefined ? undefined : { Bucket, Key };
}
