import { closeSync, openSync, readSync } from "node:fs";
import { ExitError, exitCode } from "../../exit-code.ts";
import { oneLine } from "../../service-model/one-line.ts";

/** More than any real input: the largest is a preview that contains several definitions of 1 MB four times each. */
const mostBytes = 64 * 1024 * 1024;

/** Reads an open file, but stops after slightly more than `most` bytes, because files such as /dev/zero have no end. */
function readUpTo(most: number, descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  while (size <= most) {
    const chunk = Buffer.allocUnsafe(1024 * 1024);
    const length = readSync(descriptor, chunk);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
    size += length;
  }
  return Buffer.concat(chunks);
}

function readBytes(file: string): Buffer {
  if (file === "-") return readUpTo(mostBytes, 0);
  const descriptor = openSync(file, "r");
  try {
    return readUpTo(mostBytes, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads the file that an option names, or standard input for `-`.
 *
 * @throws ExitError (2) if it cannot be read or is longer than 64 MB
 */
export function inputText(option: string, file: string): string {
  let bytes: Buffer;
  try {
    bytes = readBytes(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExitError(
      exitCode.usage,
      `--${option} ${oneLine(file)} cannot be read (${code}); give a file, or - for standard input.`,
    );
  }
  if (bytes.length > mostBytes)
    throw new ExitError(
      exitCode.usage,
      `--${option} ${oneLine(file)} has more than ${mostBytes / 1024 / 1024} MB; check that this is the right file.`,
    );
  // Some editors, mostly on Windows, put a byte order mark at the start.
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}
