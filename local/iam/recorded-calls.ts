import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import type { Caller, IamCall, RecordedCall } from "./recorded-call.ts";

/** The maximum number of different calls. Further calls are not recorded, to save memory. */
const most = 20_000;

/**
 * A file with the calls that roles made since the endpoint's start, each once, as lines of JSON. Tests check the role's
 * policies against it. An error in writing the file does not make the call fail.
 */
export class RecordedCalls {
  readonly #file: string;
  readonly #log: (line: string) => void;
  readonly #known = new Set<string>();
  #broken = false;

  constructor(file: string, log: (line: string) => void) {
    this.#file = file;
    this.#log = log;
    rmSync(file, { force: true });
  }

  record({ role, by }: Caller, calls: readonly IamCall[]): void {
    for (const call of calls) {
      const line = JSON.stringify({ role, by, ...call });
      if (this.#broken || this.#known.has(line) || this.#known.size >= most) continue;
      this.#known.add(line);
      this.#append(line);
    }
  }

  #append(line: string): void {
    try {
      appendFileSync(this.#file, `${line}\n`);
    } catch (error) {
      this.#broken = true;
      this.#log(`recording the calls of roles has stopped: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** Reads recorded calls from a file. Ignores an incomplete last line, which a killed endpoint can leave. */
export function readRecordedCalls(file: string): readonly RecordedCall[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RecordedCall);
}
