import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { LocalError } from "../wire/local-error.ts";
import { storageKey } from "./arn.ts";
import { unfinished, writeAtomically } from "./atomic-file.ts";

/** Records of one kind. It keeps them in memory, and each of them in a JSON file. Keys are equal if their `storageKey` is. */
export class Collection<Value> {
  readonly #folder: string;
  readonly #values = new Map<string, Value>();

  /**
   * Reads the records from a folder.
   *
   * @param folder the folder of the files, created if it is missing
   * @param key returns a record's key, usually its ARN
   * @throws LocalError `environment` for a file that is not JSON, which the endpoint itself never writes
   */
  constructor(folder: string, key: (value: Value) => string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name.endsWith(unfinished)) rmSync(path, { force: true });
      else if (name.endsWith(".json")) {
        const value: Value = parse(path);
        this.#values.set(storageKey(key(value)), value);
      }
    }
  }

  get(key: string): Value | undefined {
    return this.#values.get(storageKey(key));
  }

  /** Returns all records in no particular order. */
  values(): Value[] {
    return [...this.#values.values()];
  }

  /** Stores a record. It writes the file before it returns, so no client hears of a record that a kill could lose. */
  put(key: string, value: Value): void {
    writeAtomically(this.#path(key), `${JSON.stringify(value)}\n`);
    this.#values.set(storageKey(key), value);
  }

  /** Stores a record in memory only. The endpoint uses it for a record's final state when the disk is full. */
  keep(key: string, value: Value): void {
    this.#values.set(storageKey(key), value);
  }

  delete(key: string): void {
    rmSync(this.#path(key), { force: true });
    this.#values.delete(storageKey(key));
  }

  /** Returns the file of a record. Its name is readable, unique and short enough for file systems. */
  #path(arn: string): string {
    const key = storageKey(arn);
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
