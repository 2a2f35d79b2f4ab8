import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { hasCode } from "../../wire/local-error.ts";

/**
 * Bytes of the longest line that is kept whole; what is longer goes on in the next one.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html ("Each log event can be no larger than 1 MB")
 */
export const longestLine = 1_048_576;

const newline = 10;
const carriageReturn = 13;

/** Cuts what a process prints into lines, in constant memory. Lines end with `\n`, `\r\n` or `\r`. */
export class LineSplitter {
  #begun: Buffer[] = [];
  #length = 0;
  #endedWithReturn = false;

  /** The lines that end in this chunk. */
  push(chunk: Buffer): string[] {
    const lines: string[] = [];
    // The other half of a `\r\n` that two chunks share.
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

  /** The last line, when it ends with the stream. */
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
 * Tells the lines of a stream, all that came with a chunk at once, until it ends or is destroyed.
 *
 * @throws Error of `onLines`, after which the stream is destroyed
 */
export async function readLines(stream: Readable, onLines: (lines: readonly string[]) => void): Promise<void> {
  const splitter = new LineSplitter();
  const tell = (lines: readonly string[]) => {
    if (lines.length > 0) onLines(lines);
  };
  try {
    for await (const chunk of stream) {
      tell(splitter.push(chunk));
      // Whoever prints without end must not keep this process from everything else.
      await setImmediate();
    }
  } catch (error) {
    if (!hasCode(error, "ERR_STREAM_PREMATURE_CLOSE")) throw error;
  }
  tell(splitter.end());
}

/** Where lines end in a chunk: the index of the `\n`, or of the `\r` before it or alone. */
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

/** At most so many bytes that no character of UTF-8 is cut; all of them where it is no UTF-8. */
function wholeCharacters(bytes: Buffer, most: number): number {
  for (let cut = most; cut > Math.max(0, most - 4); cut--) if (((bytes[cut] ?? 0) & 0xc0) !== 0x80) return cut;
  return most;
}
