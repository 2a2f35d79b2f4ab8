import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { logGroup, sharedLogs } from "../../service-model/job-kinds.ts";
import { diskError } from "../state/atomic-file.ts";
import { type FileLine, linesBefore, linesFrom } from "./stream-file.ts";

/** A line of a log stream. */
export interface LogEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** An event with its position in the stream's file. */
export interface PlacedEvent extends LogEvent {
  /** Byte at which the event begins. */
  readonly start: number;
  /** Byte at which the next event begins. */
  readonly end: number;
}

/** The log groups of SageMaker's jobs, by CloudWatch's names. */
export const jobLogGroups = sharedLogs.map(logGroup);
export type LogGroup = ReturnType<typeof logGroup>;

/** The output of jobs: one file per log stream, with one line of JSON for each printed line. */
export class JobLogStore {
  readonly #folder: string;
  /** Paths of streams whose folder exists already. */
  readonly #written = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Appends events to a stream.
   *
   * @param stream `<job name>/algo-1-<epoch>`
   * @throws LocalError `disk-full`
   */
  append(group: LogGroup, stream: string, events: readonly LogEvent[]): void {
    const path = this.#path(group, stream);
    const text = events.map((event) => `${JSON.stringify(event)}\n`).join("");
    try {
      if (!this.#written.has(path)) mkdirSync(dirname(path), { recursive: true });
      appendFileSync(path, text);
      this.#written.add(path);
    } catch (error) {
      throw diskError(error, path);
    }
  }

  /** Returns the streams of a group whose name begins with a prefix, sorted by name. */
  streams(group: LogGroup, prefix: string): string[] {
    const folder = join(this.#folder, ...group.split("/").slice(-1));
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .flatMap((job) => readdirSync(join(folder, job)).map((file) => `${job}/${file.replace(/\.jsonl$/, "")}`))
      .filter((stream) => stream.startsWith(prefix))
      .sort();
  }

  has(group: LogGroup, stream: string): boolean {
    return existsSync(this.#path(group, stream));
  }

  /** Reads the events of a stream lazily, oldest first, from the byte at which an event begins. */
  *from(group: LogGroup, stream: string, offset: number): Generator<PlacedEvent> {
    for (const line of linesFrom(this.#path(group, stream), offset)) yield* parse(line);
  }

  /** Reads the events of a stream that end before a byte offset, newest first. */
  *before(group: LogGroup, stream: string, offset: number): Generator<PlacedEvent> {
    for (const line of linesBefore(this.#path(group, stream), offset)) yield* parse(line);
  }

  /** Returns the size of a stream's file in bytes. */
  size(group: LogGroup, stream: string): number {
    return statSync(this.#path(group, stream)).size;
  }

  #path(group: LogGroup, stream: string): string {
    const parts = stream.split("/").map((part) => part.replaceAll(/[^A-Za-z0-9._-]|^\.+$/g, "_"));
    return `${join(this.#folder, ...group.split("/").slice(-1), ...parts)}.jsonl`;
  }
}

/** Parses a line. A line is skipped if it is incomplete because the endpoint was killed while it wrote the line. */
function parse({ text, start, end }: FileLine): PlacedEvent[] {
  try {
    return [{ ...JSON.parse(text), start, end }];
  } catch {
    return [];
  }
}
