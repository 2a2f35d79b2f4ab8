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
import { diskError, unfinished, writeAtomically } from "./atomic-file.ts";
import type { ExecutionProgress, ExecutionRecord, StepRecord } from "./execution-record.ts";

/** A change of an execution, a line of its log. */
export interface ExecutionChange {
  readonly progress?: Partial<ExecutionProgress>;
  /** Steps that began, or as they are now. */
  readonly steps?: readonly StepRecord[];
  /** The names of steps that are forgotten, as they run again. */
  readonly forget?: readonly string[];
}

/** A definition's text says it all; what it says is read from it when it is needed. */
type Stored = Omit<ExecutionRecord, "definition">;

/** What a step that succeeded is found by when it would run again with the same arguments. */
export interface CachedStep {
  readonly pipelineArn: string;
  readonly step: string;
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

  /** With everything that was changed so far. */
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
 * Executions: in memory for reading; on the disk what each began with, and a log of what changed since. A change is one line at
 * the log's end, however many steps the execution has, so that a kill at any moment loses at most the line that was being
 * written, before anybody was told of it.
 */
export class ExecutionStore {
  readonly #folder: string;
  readonly #entries = new Map<string, Entry>();
  /** The newest step by what it could be taken instead of. */
  readonly #cached = new Map<string, { readonly executionArn: string; readonly step: StepRecord }>();

  /**
   * @param folder where the files are; created when missing
   * @param parse a definition from its text
   * @throws LocalError `environment` for a file that only something other than the endpoint can have written
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
    return this.#entries.get(arn)?.record;
  }

  /** One step of an execution, without the others. */
  step(arn: string, name: string): StepRecord | undefined {
    return this.#entries.get(arn)?.step(name);
  }

  /** In no particular order. */
  values(): ExecutionRecord[] {
    return [...this.#entries.values()].map((entry) => entry.record);
  }

  /** Stores a new execution. On the disk first: what was answered as stored is stored. */
  create(record: ExecutionRecord): void {
    const entry = new Entry(join(this.#folder, record.id), record);
    const { definition: _definition, ...stored } = record;
    writeAtomically(`${entry.path}.json`, `${JSON.stringify(stored)}\n`);
    this.#entries.set(record.arn, entry);
  }

  /** @throws LocalError `disk-full`, with nothing changed */
  change(arn: string, change: ExecutionChange): void {
    const entry = this.#entries.get(arn);
    if (entry === undefined) throw new Error(`${arn} is not stored`);
    append(`${entry.path}.log`, `${JSON.stringify(change)}\n`);
    this.#apply(arn, entry, change);
  }

  /** In memory only: for the last word on an execution when the disk takes no more. */
  keep(arn: string, change: ExecutionChange): void {
    const entry = this.#entries.get(arn);
    if (entry !== undefined) this.#apply(arn, entry, change);
  }

  delete(arn: string): void {
    const entry = this.#entries.get(arn);
    if (entry === undefined) return;
    rmSync(`${entry.path}.json`, { force: true });
    rmSync(`${entry.path}.log`, { force: true });
    this.#entries.delete(arn);
    for (const [name, { executionArn }] of this.#cached) if (executionArn === arn) this.#cached.delete(name);
  }

  /** The latest run of a step of a pipeline with the same arguments that succeeded and was no hit itself. */
  cached(question: CachedStep): { readonly executionArn: string; readonly step: StepRecord } | undefined {
    return this.#cached.get(cacheName(question));
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
    this.#entries.set(record.arn, entry);
    for (const step of record.steps) this.#remember(record.arn, entry, step);
    for (const change of readLog(`${path}.log`)) this.#apply(record.arn, entry, change);
  }
}

function cacheName({ pipelineArn, step, key }: CachedStep): string {
  return `${pipelineArn} ${step} ${key}`;
}

function append(path: string, line: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  try {
    appendFileSync(path, line, { mode: 0o600 });
  } catch (error) {
    // A part of the line would spoil the next one.
    if (existsSync(path)) truncateSync(path, size);
    throw diskError(error, path);
  }
}

/** The whole lines of a log; the rest of one that a kill tore is cut off. */
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
