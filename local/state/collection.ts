import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../wire/local-error.ts";
import { unfinished, writeAtomically } from "./atomic-file.ts";

/** Records of one kind: in memory for reading, one JSON file each on the disk. */
export class Collection<Value> {
  readonly #folder: string;
  readonly #values = new Map<string, Value>();

  /**
   * @param folder where the files are; created when missing
   * @param key the record's identity, usually its ARN
   * @throws LocalError `environment` for a file that is no JSON: only something other than the endpoint wrote that.
   */
  constructor(folder: string, key: (value: Value) => string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith(unfinished)) rmSync(path, { force: true });
      else if (name.endsWith(".json")) {
        const value: Value = parse(path);
        this.#values.set(key(value), value);
      }
    }
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** In no particular order. */
  values(): Value[] {
    return [...this.#values.values()];
  }

  /** On the disk first: what was answered as stored is stored. */
  put(key: string, value: Value): void {
    writeAtomically(this.#path(key), `${JSON.stringify(value)}\n`);
    this.#values.set(key, value);
  }

  /** In memory only: for the last word on a record when the disk takes no more. */
  keep(key: string, value: Value): void {
    this.#values.set(key, value);
  }

  delete(key: string): void {
    rmSync(this.#path(key), { force: true });
    this.#values.delete(key);
  }

  /** Readable for a person, and never longer than a file name may be. */
  #path(key: string): string {
    const words = key.split(":").at(-1) ?? key;
    const readable = words.replaceAll(/[^A-Za-z0-9-]+/g, "_").slice(-80);
    return join(this.#folder, `${readable}-${createHash("sha256").update(key).digest("hex").slice(0, 16)}.json`);
  }
}

function parse<Value>(path: string): Value {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new LocalError(
      "environment",
      `the state file ${path} is not readable: ${error instanceof Error ? error.message : error}; delete it, or start again with --reset`,
      { cause: error },
    );
  }
}
