import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** Where a pipeline keeps its code, data and outputs: below `s3://<bucket>/<prefix>/`. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** A local file that a step needs on S3. Deploying uploads it; the definition only names the place. */
export interface CodeAsset {
  readonly localPath: string;
  /** SHA-256 of the content, lower-case hexadecimal. */
  readonly sha256: string;
  readonly bucket: string;
  readonly key: string;
  readonly s3Uri: string;
}

/**
 * The file under an address that follows from its content alone: `<prefix>/code/<sha256>/<file name>`. The same content
 * has the same address on every machine, and other content another one, so that step caching sees a changed script.
 *
 * @throws Error naming the file, if it cannot be read
 */
export function codeAsset(file: URL, { bucket, prefix }: S3Location): CodeAsset {
  const localPath = fileURLToPath(file);
  const sha256 = createHash("sha256").update(contentOf(localPath)).digest("hex");
  const key = `${prefix}/code/${sha256}/${basename(localPath)}`;
  return Object.freeze({ localPath, sha256, bucket, key, s3Uri: `s3://${bucket}/${key}` });
}

function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${path} cannot be read (${code}): a step names it as its script; create it, or correct the name`, {
      cause: error,
    });
  }
}
