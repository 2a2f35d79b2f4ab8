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
 * Returns the paths that SageMaker downloads the objects of a prefix to. An object whose key equals the prefix keeps
 * its base name, and an object below the prefix keeps the rest of its key. If neither exists, SageMaker also accepts
 * keys that merely begin with the prefix, and keeps the part of the key after the prefix's last slash.
 */
export function landingPaths(prefix: string, keys: readonly string[]): LandingObject[] {
  const folder = prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`;
  const objects = keys.filter((key) => !key.endsWith("/"));
  const parent = prefix.slice(0, prefix.lastIndexOf("/") + 1);
  const exact = objects.filter((key) => key === prefix || key.startsWith(folder));
  const chosen = exact.length > 0 ? exact : objects;
  return chosen.map((key) => ({
    key,
    path: key.startsWith(folder) ? key.slice(folder.length) : key.slice(parent.length),
  }));
}
