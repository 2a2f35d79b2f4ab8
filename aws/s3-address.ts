import { s3Location } from "../service-model/s3-uri.ts";

/** The bucket and key of an object, in the form that S3's calls take. */
export interface S3Address {
  readonly Bucket: string;
  readonly Key: string;
}

/** Returns the bucket and key of an S3 URI such as `s3://bucket/path/file`; undefined if it is not the URI of an object. */
export function s3Address(uri: string): S3Address | undefined {
  const { bucket, key = "" } = s3Location(uri) ?? {};
  return bucket === undefined || key === "" ? undefined : { Bucket: bucket, Key: key };
}
