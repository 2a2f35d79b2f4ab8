import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import type { Caller, IamCall, RecordedCall } from "./recorded-call.ts";

/** Different calls that are kept; more are not looked at by anybody, and memory is finite. */
const most = 20_000;

/**
 * The calls that roles made since the endpoint started, each once, as lines of JSON in a file: what a role's policy has to
 * allow. A call never fails because it cannot be recorded.
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
      this.#log(`calls of roles are recorded no more: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** The recorded calls of a file, without a line that a kill left unfinished. */
export function readRecordedCalls(file: string): readonly RecordedCall[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as RecordedCall);
}
