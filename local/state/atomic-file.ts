import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { LocalError } from "../wire/local-error.ts";

/** The suffix of temporary files of interrupted writes. Code that reads a folder ignores them. */
export const unfinished = ".unfinished";

let counter = 0;

/**
 * Replaces a file in one step. A reader gets the complete old or the complete new content, even if this process is
 * killed while it writes.
 *
 * @throws LocalError `disk-full`; the file then keeps its old content
 */
export function writeAtomically(path: string, content: string): void {
  const temporary = `${path}.${process.pid}.${counter++}${unfinished}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeSynced(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw diskError(error, path);
  }
}

function writeSynced(path: string, content: string): void {
  const file = openSync(path, "w", 0o600);
  try {
    const bytes = Buffer.from(content);
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Returns an error that tells the user what to do about a full disk. Returns all other errors unchanged. */
export function diskError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new LocalError("disk-full", `no space left on the disk of ${dirname(path)}: free some space and run again`, {
    cause: error,
  });
}
