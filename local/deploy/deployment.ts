import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { LocalError } from "../error.ts";
import { type DeployState, type StateEntry, stateKey } from "./deploy-state.ts";
import type { ResourceHandler, ResourceState } from "./resource-handler.ts";

/** What Pulumi hands over when a program registers a resource. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: ResourceState;
}

export interface DeploymentCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** Files as path and hash of their content, so that a changed file is a changed input. */
async function plain(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== "object" || value === null) return value;
  if ("__pulumiAsset" in value) {
    const path = String(await (value as { path?: unknown }).path);
    return {
      path,
      sha256: createHash("sha256")
        .update(await readFile(path))
        .digest("hex"),
    };
  }
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(await Promise.all(entries.map(async ([key, item]) => [key, await plain(item)] as const)));
}

/** One run of a program: each registered resource is brought to the endpoint, what is no longer there is deleted. */
export class Deployment {
  readonly #state: DeployState;
  readonly #handlers: ReadonlyMap<string, ResourceHandler>;
  readonly #registered = new Set<string>();
  readonly #replaced: StateEntry[] = [];
  /** Something of the last deploy is gone, and its settings with it: what depends on it is brought again. */
  #lost = false;
  readonly #counts = { created: 0, updated: 0, deleted: 0, unchanged: 0 };

  constructor(state: DeployState, handlers: ReadonlyMap<string, ResourceHandler>) {
    this.#state = state;
    this.#handlers = handlers;
  }

  get counts(): DeploymentCounts {
    return this.#counts;
  }

  /**
   * Creates or updates a resource and answers with its id and outputs. A component has neither; a provider is this
   * deploy itself, wherever the program says it is.
   *
   * @throws LocalError ("deploy") with one line that names the resource
   */
  async register({ type, name, custom, inputs }: Registration): Promise<{ id: string; state: ResourceState }> {
    if (!custom) return { id: "", state: inputs };
    if (type.startsWith("pulumi:providers:")) return { id: name, state: inputs };
    const key = stateKey({ type, name });
    if (this.#registered.has(key)) throw new LocalError("deploy", `two resources of type ${type} are named ${name}`);
    this.#registered.add(key);
    try {
      const { id, outputs } = await this.#bring(type, name, (await plain(inputs)) as ResourceState);
      return { id, state: outputs };
    } catch (error) {
      throw deployError(`${type} ${name}`, error);
    }
  }

  async #bring(type: string, name: string, inputs: ResourceState): Promise<StateEntry> {
    const handler = this.#handler(type);
    const last = this.#state.get({ type, name });
    if (last !== undefined && (await handler.exists?.(last)) === false) this.#lost = true;
    if (last !== undefined && !this.#lost && JSON.stringify(last.inputs) === JSON.stringify(inputs)) {
      this.#counts.unchanged++;
      return last;
    }
    const entry = { type, name, inputs, ...(await handler.apply(inputs)) };
    if (last !== undefined && handler.identity.some((input) => last.inputs[input] !== inputs[input]))
      this.#replaced.push(last);
    this.#counts[last === undefined ? "created" : "updated"]++;
    this.#state.put(entry);
    return entry;
  }

  /**
   * Deletes what the last deploy made and this one did not register, the newest first.
   *
   * @throws LocalError ("deploy") with one line that names the resource
   */
  async deleteTheRest(): Promise<void> {
    const orphans = this.#state.entries().filter((entry) => !this.#registered.has(stateKey(entry)));
    for (const entry of [...this.#replaced, ...orphans.reverse()]) {
      try {
        await this.#handler(entry.type).remove(entry, entry.inputs);
      } catch (error) {
        throw deployError(`deleting ${entry.type} ${entry.name}`, error);
      }
      this.#counts.deleted++;
      if (!this.#replaced.includes(entry)) this.#state.delete(entry);
    }
  }

  #handler(type: string): ResourceHandler {
    const handler = this.#handlers.get(type);
    if (handler !== undefined) return handler;
    throw new Error(
      `the local deploy has no handler for this type: add one in local/deploy/handlers, ` +
        "or switch the resource off in Pulumi.local.yaml",
    );
  }
}

function deployError(resource: string, error: unknown): LocalError {
  if (error instanceof LocalError) return error;
  const { name, message } = error as Error;
  const kind = name === "Error" ? "" : `${name}: `;
  return new LocalError("deploy", `${resource}: ${kind}${message.split("\n")[0]}`, { cause: error });
}
