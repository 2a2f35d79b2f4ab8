import { closeSync, openSync, readSync } from "node:fs";
import { ExitError, exitCode } from "../../exit-code.ts";
import { oneLine } from "../../service-model/one-line.ts";

/** Far above what commands are given: a preview with several definitions of 1 MB, each of them four times. */
const mostBytes = 64 * 1024 * 1024;

/** The bytes of an open file, or of as much of it as shows that it is too long; some files have no end. */
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
 * The text of the file that an option names, or of standard input for `-`.
 *
 * @throws ExitError (2) if it cannot be read, or is longer than anything that commands are given
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
      `--${option} ${oneLine(file)} has more than ${mostBytes / 1024 / 1024} MB; give the file that was meant.`,
    );
  // Some editors of other systems put a byte order mark in front.
  return bytes.toString("utf8").replace(/^\uFEFF/, "");
}
