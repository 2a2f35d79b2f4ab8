export interface S3Location {
  readonly bucket: string;
  /** Without a leading slash; may be empty. */
  readonly key: string;
}

/** An object, and where it lands below a folder. */
export interface LandingObject {
  readonly key: string;
  readonly path: string;
}

/** Splits `s3://bucket/key`; undefined for anything else. */
export function s3Location(uri: string): S3Location | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

/** Splits `s3://bucket/key`. @throws Error for anything else. */
export function parseS3Uri(uri: string): S3Location {
  const location = s3Location(uri);
  if (location === undefined) throw new Error(`'${uri}' is not an S3 URI of the form s3://bucket/key`);
  return location;
}

/** A folder's URI and a path below it. */
export function below(folder: string, path: string): string {
  return `${folder.replace(/\/+$/, "")}/${path}`;
}

/**
 * Where the objects under a prefix land in a folder: an object named exactly by the prefix under its base name, one
 * below it under the rest of its key. Only when there is neither, keys that merely begin with the prefix, as SageMaker
 * takes them, under the rest of their key from the prefix's last slash on.
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
