import { s3Location } from "../service-model/s3-uri.ts";
/** Where an object is, as the calls of S3 take it. */
export interface S3Address {
  readonly Bucket: string;
  readonly Key: string;
}

/** Where an S3 URI such as `s3://bucket/path/file` points to; undefined if it is none of an object. */
export function s3Address(uri: string): S3Address | undefined {
  const { bucket, key = "" } = s3Location(uri) ?? {};
  return bucket === undefined || key === "" ? undefined : { Bucket: bucket, Key: key };
}
