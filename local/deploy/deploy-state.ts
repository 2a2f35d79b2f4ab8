import { readFileSync } from "node:fs";
import { writeAtomically } from "../state/atomic-file.ts";
import type { DeployedResource, ResourceState } from "./resource-handler.ts";

/** One resource of the last deploy. */
export interface StateEntry extends DeployedResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: ResourceState;
}

/** What the last deploy made, in the order in which it made it; one file, written after every change. */
export class DeployState {
  readonly #path: string;
  readonly #entries: Map<string, StateEntry>;

  constructor(path: string) {
    this.#path = path;
    this.#entries = new Map(read(path).map((entry) => [stateKey(entry), entry]));
  }

  get(resource: Pick<StateEntry, "type" | "name">): StateEntry | undefined {
    return this.#entries.get(stateKey(resource));
  }

  entries(): readonly StateEntry[] {
    return [...this.#entries.values()];
  }

  put(entry: StateEntry): void {
    this.#entries.delete(stateKey(entry));
    this.#entries.set(stateKey(entry), entry);
    this.#save();
  }

  delete(entry: StateEntry): void {
    this.#entries.delete(stateKey(entry));
    this.#save();
  }

  #save(): void {
    writeAtomically(this.#path, JSON.stringify(this.entries(), null, 1));
  }
}

export function stateKey({ type, name }: Pick<StateEntry, "type" | "name">): string {
  return `${type} ${name}`;
}

/** A file that is missing or damaged is an empty state: the handlers bring what is there already to the same end. */
function read(path: string): readonly StateEntry[] {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as StateEntry[];
  } catch {
    return [];
  }
}
