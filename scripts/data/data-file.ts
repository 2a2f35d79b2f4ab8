import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { ExitError, exitCode } from "../../exit-code.ts";
import { oneLine } from "../../service-model/one-line.ts";

export interface UploadFile {
  readonly path: string;
  /** The last part of its S3 URI. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the content, as hexadecimal digits. */
  readonly sha256: string;
}

/**
 * Names that an S3 key, an S3 URI and the configuration spell alike. `inputDataUrl` rejects a blank and `*`; a program that
 * reads the URI as a URL treats `?`, `#` and `%` specially.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
const safeName = /^[\p{L}\p{M}\p{N}_!.()'+=@,~-]+$/u;

function usage(message: string): ExitError {
  return new ExitError(exitCode.usage, message);
}

/** Reads the content in pieces, so that a file of any length fits in memory. */
async function* pieces(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`${oneLine(path)} cannot be read (${code}): give a file that exists.`);
  }
}

async function fileSize(path: string): Promise<number> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw usage(`${oneLine(path)} cannot be read (${error.code}): give a file that exists.`);
  });
  if (!stats.isFile()) throw usage(`${oneLine(path)} is not a file: give one file with data.`);
  if (stats.size === 0) throw usage(`${oneLine(path)} is empty: give a file with data.`);
  return stats.size;
}

/**
 * Reads a file before its upload: checks the name first, then hashes the content.
 *
 * @throws ExitError (2) if the name cannot be part of an S3 URI, or the file is empty or unreadable
 */
export async function dataFile(path: string): Promise<UploadFile> {
  const name = basename(path);
  if (!safeName.test(name))
    throw usage(
      `${oneLine(path)} has a name that cannot be part of an S3 URI: rename it to letters, digits and _!.()'+=@,~-`,
    );
  const size = await fileSize(path);
  const hash = createHash("sha256");
  for await (const piece of pieces(path)) hash.update(piece);
  return { path, name, size, sha256: hash.digest("hex") };
}

/**
 * Reads the content again, for its upload.
 *
 * @throws ExitError (2) at the end if the content has changed since it was hashed, because its key would have the wrong hash
 */
export async function* sameContent({ path, sha256 }: UploadFile): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const piece of pieces(path)) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest("hex") !== sha256) throw usage(`${oneLine(path)} changed while it was uploaded: run it again.`);
}
