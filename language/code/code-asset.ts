import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "./source-files.ts";

/** The bucket and prefix of a pipeline. Its code, data and outputs are below `s3://<bucket>/<prefix>/`. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** The S3 address of a content, which contains the content's hash. */
export interface ContentAddress {
  /** The SHA-256 of the content, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly bucket: string;
  readonly key: string;
  readonly s3Uri: string;
}

/** A local file. */
export interface FileCode extends ContentAddress {
  readonly kind: "file";
  readonly localPath: string;
}

/** The files below a local folder, uploaded as one gzipped tar archive. */
export interface FolderCode extends ContentAddress {
  readonly kind: "folder";
  readonly localPath: string;
  /** The paths relative to `localPath`, with `/`, in alphabetical order. */
  readonly files: readonly string[];
}

/** Code that a step gives as text instead of as a file. */
export interface TextCode extends ContentAddress {
  readonly kind: "text";
  readonly text: string;
}

/** An archive that is made in memory. */
export interface BytesCode extends ContentAddress {
  readonly kind: "bytes";
  readonly content: Uint8Array;
}

/** Code that a step needs on S3. The definition contains its S3 URI, and a deploy uploads it. */
export type CodeAsset = FileCode | FolderCode | TextCode | BytesCode;

function address({ bucket, prefix }: S3Location, sha256: string, name: string): ContentAddress {
  const key = `${prefix}/code/${sha256}/${name}`;
  return { sha256, bucket, key, s3Uri: `s3://${bucket}/${key}` };
}

/**
 * Returns a file as a code asset with the S3 key `<prefix>/code/<sha256>/<file name>`. The key depends only on the
 * content, so it is the same on every machine, and SageMaker's step cache notices a changed script.
 *
 * @throws Error that names the file if it cannot be read
 */
export function codeAsset(file: URL, location: S3Location): FileCode {
  const localPath = fileURLToPath(file);
  const sha256 = createHash("sha256").update(contentOf(localPath)).digest("hex");
  return Object.freeze({ kind: "file", localPath, ...address(location, sha256, basename(localPath)) });
}

/**
 * Returns a folder as the archive `sourcedir.tar.gz`, which SageMaker's framework images unpack. Its S3 key depends on
 * the names and contents of the files and on their executable bits. Python's caches and `.git` are left out.
 *
 * @param only the files to include; default: all
 * @throws Error that names the folder or file if it cannot be read
 */
export function sourceFolder(folder: URL, location: S3Location, only?: readonly string[]): FolderCode {
  const localPath = fileURLToPath(folder);
  const files = only ?? sourceFiles(localPath);
  const hash = createHash("sha256");
  for (const file of files) {
    const path = join(localPath, file);
    const content = contentOf(path);
    const mode = (statSync(path).mode & 0o100) === 0 ? "" : "x";
    hash.update(`${Buffer.byteLength(file)}:${file}${mode}${content.length}:`).update(content);
  }
  return Object.freeze({
    kind: "folder",
    localPath,
    files: Object.freeze(files),
    ...address(location, hash.digest("hex"), "sourcedir.tar.gz"),
  });
}

/** Returns a text as a code asset with the file name `name`. */
export function textAsset(name: string, text: string, location: S3Location): TextCode {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return Object.freeze({ kind: "text", text, ...address(location, sha256, name) });
}

/** Returns bytes as a code asset with the file name `name`. */
export function bytesAsset(name: string, content: Uint8Array, location: S3Location): BytesCode {
  const sha256 = createHash("sha256").update(content).digest("hex");
  return Object.freeze({ kind: "bytes", content, ...address(location, sha256, name) });
}

/**
 * Returns several files as code assets below one S3 prefix. The prefix depends on the names and contents of all files.
 *
 * @throws Error that names a file that cannot be read
 */
export function fileGroup(
  files: readonly URL[],
  location: S3Location,
): { readonly s3Uri: string; readonly assets: readonly FileCode[] } {
  const singles = files.map((file) => codeAsset(file, location));
  const names = singles.map(({ localPath }) => basename(localPath));
  const hash = createHash("sha256");
  for (const [index, { sha256 }] of singles.entries()) hash.update(`${sha256} ${names[index]}\n`);
  const sha256 = hash.digest("hex");
  const assets = singles.map((single, index) =>
    Object.freeze({ ...single, ...address(location, sha256, names[index] as string) }),
  );
  return { s3Uri: `s3://${location.bucket}/${location.prefix}/code/${sha256}`, assets };
}

/** Reads a file of a step's code. @throws Error that names the file if it cannot be read */
export function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${path}, the script of a step, cannot be read (${code}); create it or correct the name`, {
      cause: error,
    });
  }
}
