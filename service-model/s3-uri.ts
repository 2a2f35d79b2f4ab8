/** The parts of an S3 URI. */
export interface S3UriParts {
  readonly bucket: string;
  /** The key, without a leading slash. It may be empty. */
  readonly key: string;
}

/** An object and its path below the folder that it is downloaded to. */
export interface LandingObject {
  readonly key: string;
  readonly path: string;
}

/** Splits `s3://bucket/key`. Returns undefined for another text. */
export function s3Location(uri: string): S3UriParts | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** Splits `s3://bucket/key`. @throws Error for another text */
export function parseS3Uri(uri: string): S3UriParts {
  const location = s3Location(uri);
  if (location === undefined) throw new Error(`'${uri}' is not an S3 URI of the form s3://bucket/key`);
  return location;
}

/** Returns the URI of a path below a folder's URI. */
export function below(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, "")}/${path}`;
}

/**
 * Returns the paths that SageMaker downloads the objects of an S3Prefix to. SageMaker uses every object whose key begins
 * with the prefix: for `test` also `test_small/a.csv`. An object below the prefix, as below a folder, keeps the rest of
 * its key. Another object keeps the part of its key after the prefix's last slash.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_S3DataSource.html (the objects),
 * https://github.com/aws/sagemaker-python-sdk/issues/3612 (their paths)
 *
 * @param keys the keys that begin with the prefix
 */
export function landingPaths(prefix: string, keys: readonly string[]): LandingObject[] {
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const objects = keys.filter((key) => !key.endsWith("/"));
  const parent = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  return objects.map((key) => ({
    key,
    path: key.startsWith(folder) ? key.slice(folder.length) : key.slice(parent.length),
  }));
}
