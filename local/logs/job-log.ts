import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { diskError } from "../state/atomic-file.ts";

export interface LogEvent {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** CloudWatch's names of the groups in which SageMaker's jobs write. */
export const groups = [
  "/aws/sagemaker/ProcessingJobs",
  "/aws/sagemaker/TrainingJobs",
  "/aws/sagemaker/TransformJobs",
] as const;
export type LogGroup = (typeof groups)[number];

/** What jobs print: one file per stream, one JSON line per line that was printed. */
export class JobLogs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param stream `<job name>/algo-1-<epoch>` @throws LocalError `disk-full` */
  append(group: LogGroup, stream: string, events: readonly LogEvent[]): void {
    const path = this.#path(group, stream);
    try {
      mkdirSync(join(path, ".."), { recursive: true });
      appendFileSync(path, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
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

  /** The lines of a stream, oldest first; undefined when there is no such stream. */
  read(group: LogGroup, stream: string): LogEvent[] | undefined {
    const path = this.#path(group, stream);
    if (!existsSync(path)) return undefined;
    return readFileSync(path, "utf8").split("\n").flatMap(parse);
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
function parse(line: string): LogEvent[] {
  try {
    return line === "" ? [] : [JSON.parse(line)];
  } catch {
    return [];
  }
}
