import { closeSync, openSync, readSync } from "node:fs";

/** A line of a file, with its position. */
export interface FileLine {
  readonly text: string;
  /** Byte at which the line begins. */
  readonly start: number;
  /** Byte at which the next line begins. */
  readonly end: number;
}

const blockBytes = 1 << 16;
const newline = 10;

/**
 * Reads the complete lines of a file lazily, because the file may be larger than memory.
 *
 * @param offset the byte at which the first line begins
 */
export function* linesFrom(path: string, offset: number): Generator<FileLine> {
  let begun: Buffer = Buffer.alloc(0);
  let start = offset;
  for (let at = offset; ; ) {
    const block = readBlock(path, at, blockBytes);
    if (block.length === 0) return;
    at += block.length;
    const bytes = begun.length === 0 ? block : Buffer.concat([begun, block]);
    let from = 0;
    for (let feed = bytes.indexOf(newline); feed >= 0; feed = bytes.indexOf(newline, from)) {
      const end = start + feed + 1 - from;
      yield { text: bytes.toString("utf8", from, feed), start, end };
      start = end;
      from = feed + 1;
    }
    begun = bytes.subarray(from);
  }
}

/** Reads the complete lines before a byte offset lazily, the last line first. */
export function* linesBefore(path: string, offset: number): Generator<FileLine> {
  // Bytes after the last newline are not a complete line. `end` stays undefined until that newline is reached.
  let end: number | undefined;
  let begun: Buffer = Buffer.alloc(0);
  for (let at = offset; at > 0; ) {
    const size = Math.min(blockBytes, at);
    at -= size;
    let bytes = Buffer.concat([readBlock(path, at, size), begun]);
    for (let feed = bytes.lastIndexOf(newline); feed >= 0; feed = bytes.lastIndexOf(newline)) {
      const start = at + feed + 1;
      if (end !== undefined) yield { text: bytes.toString("utf8", feed + 1, bytes.length), start, end };
      end = start;
      bytes = bytes.subarray(0, feed);
    }
    begun = end === undefined ? Buffer.alloc(0) : bytes;
  }
  if (end !== undefined) yield { text: begun.toString("utf8"), start: 0, end };
}

function readBlock(path: string, at: number, size: number): Buffer {
  const file = openSync(path, "r");
  try {
    const block = Buffer.allocUnsafe(size);
    return block.subarray(0, readSync(file, block, 0, size, at));
  } finally {
    closeSync(file);
  }
}
