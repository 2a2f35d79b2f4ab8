import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "./source-files.ts";

/** Where a pipeline keeps its code, data and outputs: below `s3://<bucket>/<prefix>/`. */
export interface S3Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** A place on S3 that follows from the content. */
export interface ContentAddress {
  /** SHA-256 of the content, lower-case hexadecimal. */
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
  /** Relative to `localPath`, with `/`, in alphabetical order. */
  readonly files: readonly string[];
}

/** A text that no file holds. */
export interface TextCode extends ContentAddress {
  readonly kind: "text";
  readonly text: string;
}

/** Something that a step needs on S3. Deploying uploads it; the definition only names the place. */
export type CodeAsset = FileCode | FolderCode | TextCode;

function address({ bucket, prefix }: S3Location, sha256: string, name: string): ContentAddress {
  const key = `${prefix}/code/${sha256}/${name}`;
  return { sha256, bucket, key, s3Uri: `s3://${bucket}/${key}` };
}

/**
 * A file under an address that follows from its content alone: `<prefix>/code/<sha256>/<file name>`. The same content
 * has the same address on every machine, and other content another one, so that step caching sees a changed script.
 *
 * @throws Error naming the file, if it cannot be read
 */
export function codeAsset(file: URL, location: S3Location): FileCode {
  const localPath = fileURLToPath(file);
  const sha256 = createHash("sha256").update(contentOf(localPath)).digest("hex");
  return Object.freeze({ kind: "file", localPath, ...address(location, sha256, basename(localPath)) });
}

/**
 * A folder with a program, as the archive `sourcedir.tar.gz` that SageMaker's framework images unpack. Its address
 * follows from the names and contents of its files, and which can be executed; what Python and git keep for themselves is left out.
 *
 * @param only the files of it to take, if not all
 * @throws Error naming the folder or the file, if it cannot be read
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

/** A text under the address of its content, as the file `name`. */
export function textAsset(name: string, text: string, location: S3Location): TextCode {
  const sha256 = createHash("sha256").update(text).digest("hex");
  return Object.freeze({ kind: "text", text, ...address(location, sha256, name) });
}

/**
 * Several files side by side in one prefix, whose address follows from all of their names and contents.
 *
 * @throws Error naming a file that cannot be read
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
