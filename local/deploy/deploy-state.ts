import { readFileSync } from "node:fs";
import { writeAtomically } from "../state/atomic-file.ts";
import type { DeployedResource, ResourceState } from "./handlers/resource-handler.ts";

/** One resource of a deploy. */
export interface StateEntry extends DeployedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: ResourceState;
  /** The stack's region when the resource was made. */
  readonly region: string;
  /** Whether the program that had it last wants it to stay where it goes from the program. */
  readonly retainOnDelete?: boolean;
}

/** What is in the file, both in the order in which it was made. */
interface Stored {
  readonly resources: readonly StateEntry[];
  /** What another resource has taken the place of, and is still to be deleted. */
  readonly replaced: readonly StateEntry[];
}

/** What deploys made and did not delete yet; one file, written after every change. */
export class DeployState {
  readonly #path: string;
  readonly #entries: Map<string, StateEntry>;
  readonly #replaced: Set<StateEntry>;

  constructor(path: string) {
    this.#path = path;
    const { resources, replaced } = read(path);
    this.#entries = new Map(resources.map((entry) => [stateKey(entry), entry]));
    this.#replaced = new Set(replaced);
  }

  get(resource: Pick<StateEntry, "type" | "name">): StateEntry | undefined {
    return this.#entries.get(stateKey(resource));
  }

  /** The resources that there are to be. */
  entries(): readonly StateEntry[] {
    return [...this.#entries.values()];
  }

  /** What is still there in vain. */
  replaced(): readonly StateEntry[] {
    return [...this.#replaced];
  }

  /** @param replaced what the entry takes the place of, if that is not the same resource */
  put(entry: StateEntry, replaced?: StateEntry): void {
    this.#entries.delete(stateKey(entry));
    this.#entries.set(stateKey(entry), entry);
    if (replaced !== undefined) this.#replaced.add(replaced);
    this.#save();
  }

  /** The same resource with another option; it keeps its place in the order. */
  setOption(entry: StateEntry): void {
    this.#entries.set(stateKey(entry), entry);
    this.#save();
  }

  delete(entry: StateEntry): void {
    if (!this.#replaced.delete(entry)) this.#entries.delete(stateKey(entry));
    this.#save();
  }

  #save(): void {
    const stored: Stored = { resources: this.entries(), replaced: this.replaced() };
    writeAtomically(this.#path, JSON.stringify(stored, null, 1));
  }
}

export function stateKey({ type, name }: Pick<StateEntry, "type" | "name">): string {
  return `${type} ${name}`;
}

/** A file that is missing or damaged is an empty state: the handlers bring what is there already to the same end. */
function read(path: string): Stored {
  try {
    const { resources, replaced } = JSON.parse(readFileSync(path, "utf8")) as Partial<Stored>;
    if (Array.isArray(resources) && Array.isArray(replaced)) return { resources, replaced };
  } catch {
    // As if there were none.
  }
  return { resources: [], replaced: [] };
}
