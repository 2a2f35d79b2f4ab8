import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { logGroup, sharedLogs } from "../../service-model/job-kinds.ts";
import { diskError } from "../state/atomic-file.ts";
import { type FileLine, linesBefore, linesFrom } from "./stream-file.ts";

export interface LogEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** An event, and where it and the next one begin in its stream, in bytes. */
export interface PlacedEvent extends LogEvent {
  readonly start: number;
  readonly end: number;
}

/** CloudWatch's names of the groups in which SageMaker's jobs write. */
export const groups = sharedLogs.map(logGroup);
export type LogGroup = ReturnType<typeof logGroup>;

/** What jobs print: one file per stream, one JSON line per line that was printed. */
export class JobLogs {
  readonly #folder: string;
  /** Streams whose folder is there. */
  readonly #written = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param stream `<job name>/algo-1-<epoch>` @throws LocalError `disk-full` */
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

  /** The streams of a group whose name begins with a prefix, sorted by name. */
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

  /** The events of a stream from an offset on where one begins, oldest first, read as they are asked for. */
  *from(group: LogGroup, stream: string, offset: number): Generator<PlacedEvent> {
    for (const line of linesFrom(this.#path(group, stream), offset)) yield* parse(line);
  }

  /** The events of a stream before an offset, newest first. */
  *before(group: LogGroup, stream: string, offset: number): Generator<PlacedEvent> {
    for (const line of linesBefore(this.#path(group, stream), offset)) yield* parse(line);
  }

  /** Bytes of a stream's file. */
  size(group: LogGroup, stream: string): number {
    return statSync(this.#path(group, stream)).size;
  }

  #path(group: LogGroup, stream: string): string {
    const parts = stream.split("/").map((part) => part.replaceAll(/[^A-Za-z0-9._-]|^\.+$/g, "_"));
    return `${join(this.#folder, ...group.split("/").slice(-1), ...parts)}.jsonl`;
  }
}

/** A line that a kill tore is left out. */
function parse({ text, start, end }: FileLine): PlacedEvent[] {
  try {
    return [{ ...JSON.parse(text), start, end }];
  } catch {
    return [];
  }
}
