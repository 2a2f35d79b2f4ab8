import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { LocalError } from "../wire/local-error.ts";
import { storageKey } from "./arn.ts";
import { diskError, unfinished, writeAtomically } from "./atomic-file.ts";
import type { ExecutionProgress, ExecutionRecord, StepRecord } from "./execution-record.ts";

/** A change of an execution, which is one line in its log. */
export interface ExecutionChange {
  readonly progress?: Partial<ExecutionProgress>;
  /** The new or changed steps, each with all its members. */
  readonly steps?: readonly StepRecord[];
  /** The names of steps to remove, because a retry starts them again. */
  readonly forget?: readonly string[];
}

/** An execution as it is stored. The definition is missing, because it can be parsed from its text. */
type Stored = Omit<ExecutionRecord, "definition">;

/** The values by which the step cache looks up a step. */
export interface CacheLookup {
  readonly pipelineArn: string;
  /** The step's name. */
  readonly step: string;
  /** The hash of the step's arguments. */
  readonly key: string;
}

class Entry {
  readonly path: string;
  #head: Omit<ExecutionRecord, "steps">;
  readonly #steps = new Map<string, StepRecord>();
  #record: ExecutionRecord | undefined;

  constructor(path: string, record: ExecutionRecord) {
    this.path = path;
    const { steps, ...head } = record;
    this.#head = head;
    for (const step of steps) this.#steps.set(step.name, step);
  }

  /** The execution with all changes so far. */
  get record(): ExecutionRecord {
    this.#record ??= { ...this.#head, steps: [...this.#steps.values()] };
    return this.#record;
  }

  apply({ progress, steps = [], forget = [] }: ExecutionChange): void {
    this.#head = { ...this.#head, ...progress };
    for (const name of forget) this.#steps.delete(name);
    for (const step of steps) this.#steps.set(step.name, step);
    this.#record = undefined;
  }

  step(name: string): StepRecord | undefined {
    return this.#steps.get(name);
  }
}

/**
 * All executions. It keeps them in memory, and on the disk each one's start and a log of its changes. A change appends
 * one line to the log, however many steps the execution has. So a kill loses at most the line that was being written,
 * and no client has heard of that change yet.
 */
export class ExecutionStore {
  readonly #folder: string;
  /** By the storage keys of their ARNs. */
  readonly #entries = new Map<string, Entry>();
  /** The step cache: the newest step for each cache key. */
  readonly #cached = new Map<string, { readonly executionArn: string; readonly step: StepRecord }>();

  /**
   * Reads the executions from a folder.
   *
   * @param folder the folder of the files, created if it is missing
   * @param parse parses a definition's text
   * @throws LocalError `environment` for an unreadable file, which the endpoint itself never writes
   */
  constructor(folder: string, parse: (text: string) => ExecutionRecord["definition"]) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) {
      if (!name.endsWith(".json") || name.endsWith(unfinished)) continue;
      const path = join(folder, name.slice(0, -".json".length));
      try {
        const stored: Stored = JSON.parse(readFileSync(`${path}.json`, "utf8"));
        this.#read(path, { ...stored, definition: parse(stored.definitionText) });
      } catch (error) {
        throw unreadable(`${path}.json`, error);
      }
    }
  }

  get(arn: string): ExecutionRecord | undefined {
    return this.#entries.get(storageKey(arn))?.record;
  }

  /** Returns one step of an execution without building the whole record. */
  step(arn: string, name: string): StepRecord | undefined {
    return this.#entries.get(storageKey(arn))?.step(name);
  }

  /** Returns all executions in no particular order. */
  values(): ExecutionRecord[] {
    return [...this.#entries.values()].map((entry) => entry.record);
  }

  /**
   * Stores a new execution. It writes the file before it returns, so no client hears of an execution that a kill could
   * lose.
   */
  create(record: ExecutionRecord): void {
    const entry = new Entry(join(this.#folder, record.id), record);
    const { definition: _definition, ...stored } = record;
    writeAtomically(`${entry.path}.json`, `${JSON.stringify(stored)}\n`);
    this.#entries.set(storageKey(record.arn), entry);
  }

  /** Changes an execution. @throws LocalError `disk-full`; the execution is then unchanged */
  change(arn: string, change: ExecutionChange): void {
    const entry = this.#entries.get(storageKey(arn));
    if (entry === undefined) throw new Error(`${arn} is not stored`);
    append(`${entry.path}.log`, `${JSON.stringify(change)}\n`);
    this.#apply(arn, entry, change);
  }

  /** Changes an execution in memory only. The endpoint uses it for an execution's final state when the disk is full. */
  keep(arn: string, change: ExecutionChange): void {
    const entry = this.#entries.get(storageKey(arn));
    if (entry !== undefined) this.#apply(arn, entry, change);
  }

  delete(arn: string): void {
    const entry = this.#entries.get(storageKey(arn));
    if (entry === undefined) return;
    rmSync(`${entry.path}.json`, { force: true });
    rmSync(`${entry.path}.log`, { force: true });
    this.#entries.delete(storageKey(arn));
    for (const [name, { executionArn }] of this.#cached) if (executionArn === arn) this.#cached.delete(name);
  }

  /** Returns the newest step with the same arguments that succeeded and was not a cache hit itself. */
  cached(lookup: CacheLookup): { readonly executionArn: string; readonly step: StepRecord } | undefined {
    return this.#cached.get(cacheName(lookup));
  }

  #apply(arn: string, entry: Entry, change: ExecutionChange): void {
    entry.apply(change);
    for (const step of change.steps ?? []) this.#remember(arn, entry, step);
  }

  #remember(arn: string, entry: Entry, step: StepRecord): void {
    const { status, cacheKey, cacheSource, selectiveSource, endTime = 0 } = step;
    if (status !== "Succeeded" || cacheKey === undefined || (cacheSource ?? selectiveSource) !== undefined) return;
    const name = cacheName({ pipelineArn: entry.record.pipelineArn, step: step.name, key: cacheKey });
    if (endTime >= (this.#cached.get(name)?.step.endTime ?? 0)) this.#cached.set(name, { executionArn: arn, step });
  }

  #read(path: string, record: ExecutionRecord): void {
    const entry = new Entry(path, record);
    this.#entries.set(storageKey(record.arn), entry);
    for (const step of record.steps) this.#remember(record.arn, entry, step);
    for (const change of readLog(`${path}.log`)) this.#apply(record.arn, entry, change);
  }
}

function cacheName({ pipelineArn, step, key }: CacheLookup): string {
  return `${pipelineArn} ${step} ${key}`;
}

function append(path: string, line: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(path, line, { mode: 0o600 });
  } catch (error) {
    // Removes an incomplete line, because the next line would be appended to it.
    if (existsSync(path)) truncateSync(path, size);
    throw diskError(error, path);
  }
}

/** Reads the complete lines of a log, and removes an incomplete last line, which a killed endpoint can leave. */
function readLog(path: string): ExecutionChange[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  if (whole.length < text.length) writeFileSync(path, whole);
  try {
    return whole
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as ExecutionChange);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): unknown {
  if (error instanceof LocalError) return error;
  return new LocalError(
    "environment",
    `the state file ${path} is not readable: ${error instanceof Error ? error.message : error}; delete it, or start again with --reset`,
    { cause: error },
  );
}
