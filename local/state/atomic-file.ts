import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { LocalError } from "../wire/local-error.ts";

/** The ending of files that were being written; whoever reads a folder passes over them. */
export const unfinished = ".unfinished";

let counter = 0;

/**
 * Replaces a file in one step: a reader, or a process that starts after a kill at any moment, finds the old content or
 * the new one, never a part.
 *
 * @throws LocalError `disk-full`, with the old content still in place.
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

/** The same error, but a full disk in the user's words. */
export function diskError(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code !== "ENOSPC" && code !== "EDQUOT") return error;
  return new LocalError("disk-full", `no space left on the disk of ${dirname(path)}: free some space and run again`, {
    cause: error,
  });
}
