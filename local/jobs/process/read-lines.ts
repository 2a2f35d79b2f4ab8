import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { hasCode } from "../../wire/local-error.ts";

/**
 * The most bytes of a line. Longer lines are split.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html ("Each log event can be no larger than 1 MB")
 */
export const longestLine = 1_048_576;

const newline = 10;
const carriageReturn = 13;

/** Splits the output of a process into lines, in constant memory. Lines end with `\n`, `\r\n` or `\r`. */
export class LineSplitter {
  #begun: Buffer[] = [];
  #length = 0;
  #endedWithReturn = false;

  /** Returns the lines that end in this chunk. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    // Skips the `\n` of a `\r\n` whose `\r` was in the previous chunk.
    let start = this.#endedWithReturn && chunk[0] === newline ? 1 : 0;
    this.#endedWithReturn = chunk.at(-1) === carriageReturn;
    for (const next of ends(chunk, start)) {
      this.#keep(chunk.subarray(start, next), lines);
      lines.push(this.#take());
      start = chunk[next] === carriageReturn && chunk[next + 1] === newline ? next + 2 : next + 1;
    }
    this.#keep(chunk.subarray(start), lines);
    return lines;
  }

  /** Returns the last line, if the stream ended without a line break. */
  end(): string[] {
    return this.#length === 0 ? [] : [this.#take()];
  }

  #keep(part: Buffer, lines: string[]): void {
    let rest = part;
    while (this.#length + rest.length > longestLine) {
      const room = wholeCharacters(rest, longestLine - this.#length);
      this.#begun.push(rest.subarray(0, room));
      lines.push(this.#take());
      rest = rest.subarray(room);
    }
    if (rest.length > 0) this.#begun.push(rest);
    this.#length += rest.length;
  }

  #take(): string {
    const [first, ...others] = this.#begun;
    const line = others.length === 0 ? (first?.toString("utf8") ?? "") : Buffer.concat(this.#begun).toString("utf8");
    this.#begun = [];
    this.#length = 0;
    return line;
  }
}

/**
 * Reads the lines of a stream until it ends or is destroyed. Calls `onLines` once for each chunk that ends a line.
 *
 * @throws the error of `onLines`; the stream is destroyed then
 */
export async function readLines(stream: Readable, onLines: (lines: readonly string[]) => void): Promise<void> {
  const splitter = new LineSplitter();
  const report = (lines: readonly string[]) => {
    if (lines.length > 0) onLines(lines);
  };
  try {
    for await (const chunk of stream) {
      report(splitter.push(chunk));
      // Lets other work go on while a job prints without a pause.
      await setImmediate();
    }
  } catch (error) {
    if (!hasCode(error, "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
  report(splitter.end());
}

/** Returns the index of each line's end in a chunk: that of a `\n`, or of a `\r` with or without a `\n` after it. */
function* ends(chunk: Buffer, from: number): Generator<number> {
  let feed = chunk.indexOf(newline, from);
  let carriage = chunk.indexOf(carriageReturn, from);
  while (feed >= 0 || carriage >= 0) {
    const isReturn = carriage >= 0 && (feed < 0 || carriage < feed);
    const end = isReturn ? carriage : feed;
    yield end;
    const next = isReturn && feed === carriage + 1 ? feed + 1 : end + 1;
    if (feed >= 0 && feed < next) feed = chunk.indexOf(newline, next);
    if (carriage >= 0 && carriage < next) carriage = chunk.indexOf(carriageReturn, next);
  }
}

/** Returns a number of bytes, at most `most`, that does not cut a character of UTF-8. If the bytes are not UTF-8, it returns `most`. */
function wholeCharacters(bytes: Buffer, most: number): number {
  for (let cut = most; cut > Math.max(0, most - 4); cut--) if (((bytes[cut] ?? 0) & 0xc0) !== 0x80) return cut;
  return most;
}
