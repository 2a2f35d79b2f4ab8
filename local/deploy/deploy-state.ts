import { readFileSync } from "node:fs";
import { writeAtomically } from "../state/atomic-file.ts";
import type { DeployedResource, ResourceState } from "./handlers/resource-handler.ts";

/** A deployed resource, as it is remembered. */
export interface StateEntry extends DeployedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: ResourceState;
  /** The stack's region when the resource was created. */
  readonly region: string;
  /** Whether the resource must stay when it is removed from the program, according to the last program that declared it. */
  readonly retainOnDelete?: boolean;
}

/** The content of the state file. Both lists are in the order of creation. */
interface Stored {
  readonly resources: readonly StateEntry[];
  /** Resources that were replaced by another one and must still be deleted. */
  readonly replaced: readonly StateEntry[];
}

/** The resources that deploys created and did not delete yet, in one file that is written after every change. */
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

  /** Returns the current resources, without replaced ones. */
  entries(): readonly StateEntry[] {
    return [...this.#entries.values()];
  }

  /** Returns the replaced resources that must still be deleted. */
  replaced(): readonly StateEntry[] {
    return [...this.#replaced];
  }

  /**
   * Stores a resource.
   *
   * @param replaced the different resource that this one replaces, if any
   */
  put(entry: StateEntry, replaced?: StateEntry): void {
    this.#entries.delete(stateKey(entry));
    this.#entries.set(stateKey(entry), entry);
    if (replaced !== undefined) this.#replaced.add(replaced);
    this.#save();
  }

  /** Stores another option of a resource, which keeps its place in the order. */
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

/** Returns the key that identifies a resource of the program. */
export function stateKey({ type, name }: Pick<StateEntry, "type" | "name">): string {
  return `${type} ${name}`;
}

/** Reads the state. A missing or damaged file is an empty state, because the handlers also update existing resources. */
function read(path: string): Stored {
  try {
    const { resources, replaced } = JSON.parse(readFileSync(path, "utf8")) as Partial<Stored>;
    if (Array.isArray(resources) && Array.isArray(replaced)) return { resources, replaced };
  } catch {
    // A damaged file counts as a missing one.
  }
  return { resources: [], replaced: [] };
}
