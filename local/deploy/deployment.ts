import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { LocalError } from "../wire/local-error.ts";
import { type DeployState, type StateEntry, stateKey } from "./deploy-state.ts";
import type { ResourceHandler, ResourceState } from "./handlers/resource-handler.ts";

/** A resource that the program registers. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputs: ResourceState;
  /** Whether the resource stays, unmanaged, when it is removed from the program or replaced. */
  readonly retainOnDelete?: boolean;
}

/** The numbers of resources that a deploy has created, updated, deleted and left unchanged. */
export interface DeploymentCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  readonly unchanged: number;
}

/** Turns inputs into plain JSON. A file becomes its path and the hash of its content, so that a changed file is a changed input. */
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

/** A resource that could not be deleted. */
interface Undeleted {
  readonly entry: StateEntry;
  readonly error: unknown;
}

/** One deploy: it creates or updates each resource that the program registers, and deletes the others. */
export class Deployment {
  readonly #state: DeployState;
  readonly #region: string;
  readonly #handlers: (region: string) => ReadonlyMap<string, ResourceHandler>;
  readonly #registered = new Set<string>();
  /** The resources of earlier deploys, in the order of creation. */
  readonly #before: readonly StateEntry[];
  /** Whether a resource of an earlier deploy has vanished. From then on every resource is applied again, as it may depend on it. */
  #lost = false;
  readonly #counts = { created: 0, updated: 0, unchanged: 0 };
  readonly #deleted: string[] = [];

  /** @param handlers returns a region's handlers; resources of deploys to another region are deleted with those of that region */
  constructor(state: DeployState, region: string, handlers: (region: string) => ReadonlyMap<string, ResourceHandler>) {
    this.#state = state;
    this.#region = region;
    this.#handlers = handlers;
    this.#before = [...state.replaced(), ...state.entries()];
  }

  get counts(): DeploymentCounts {
    return { ...this.#counts, deleted: this.#deleted.length };
  }

  /** The deleted resources, each as its type and name. */
  get deleted(): readonly string[] {
    return this.#deleted;
  }

  /**
   * Creates or updates a resource and returns its id and outputs. Components and providers are not created: a component has
   * no id, and every provider stands for this deploy, whatever its configuration.
   *
   * @throws LocalError ("deploy") with one line that names the resource
   */
  async register(registration: Registration): Promise<{ id: string; state: ResourceState }> {
    const { type, name, custom, inputs } = registration;
    if (!custom) return { id: "", state: inputs };
    if (type.startsWith("pulumi:providers:")) return { id: name, state: inputs };
    const key = stateKey({ type, name });
    if (this.#registered.has(key)) throw new LocalError("deploy", `two resources of type ${type} are named ${name}`);
    this.#registered.add(key);
    try {
      const { id, outputs } = await this.#apply({ ...registration, inputs: (await plain(inputs)) as ResourceState });
      return { id, state: outputs };
    } catch (error) {
      throw deployError(`${type} ${name}`, error);
    }
  }

  async #apply({ type, name, inputs, retainOnDelete = false }: Registration): Promise<StateEntry> {
    const region = this.#region;
    const handler = this.#handler(type, region);
    const last = this.#state.get({ type, name });
    const isElsewhere = last !== undefined && handler.isRegional === true && last.region !== region;
    if (last !== undefined && !isElsewhere && (await handler.exists?.(last)) === false) this.#lost = true;
    const isSame = !isElsewhere && JSON.stringify(last?.inputs) === JSON.stringify(inputs);
    if (last !== undefined && !this.#lost && isSame) {
      this.#counts.unchanged++;
      if ((last.retainOnDelete ?? false) !== retainOnDelete) this.#state.setOption({ ...last, retainOnDelete });
      return last;
    }
    const entry = { type, name, inputs, region, retainOnDelete, ...(await handler.apply(inputs)) };
    const isAnother = isElsewhere || handler.identity.some((input) => last?.inputs[input] !== inputs[input]);
    this.#counts[last === undefined ? "created" : "updated"]++;
    this.#state.put(entry, isAnother ? last : undefined);
    return entry;
  }

  /**
   * Deletes the resources of earlier deploys that this one replaced or did not register. It begins with the newest, because
   * newer resources may depend on older ones. After each round it tries the failed deletions again, because resources deleted
   * later may have blocked them. The next deploy tries the remaining ones. Resources with `retainOnDelete` are only forgotten,
   * as by Pulumi's engine.
   *
   * @throws LocalError ("deploy") with one line that names the resource
   */
  async deleteUnregistered(): Promise<void> {
    const orphans = this.#state.entries().filter((entry) => !this.#registered.has(stateKey(entry)));
    const gone = new Set([...this.#state.replaced(), ...orphans]);
    let left = [...this.#before].reverse().filter((entry) => gone.has(entry));
    let failures: readonly Undeleted[] = [];
    do {
      failures = await this.#deleteAll(left);
      const isStuck = failures.length === left.length;
      left = failures.map(({ entry }) => entry);
      const [first] = failures;
      if (isStuck && first !== undefined)
        throw deployError(`deleting ${first.entry.type} ${first.entry.name}`, first.error);
    } while (left.length > 0);
  }

  async #deleteAll(entries: readonly StateEntry[]): Promise<readonly Undeleted[]> {
    const failures: Undeleted[] = [];
    for (const entry of entries)
      try {
        if (await this.#remove(entry)) this.#deleted.push(stateKey(entry));
        this.#state.delete(entry);
      } catch (error) {
        failures.push({ entry, error });
      }
    return failures;
  }

  /**
   * Removes a resource from the endpoint, unless it is to be retained, no longer exists, or this deploy has created it again.
   *
   * @returns whether a resource was removed
   */
  async #remove(entry: StateEntry): Promise<boolean> {
    if (entry.retainOnDelete === true) return false;
    const handler = this.#handler(entry.type, entry.region);
    const isBack = this.#state
      .entries()
      .some(
        (other) =>
          this.#registered.has(stateKey(other)) &&
          other.type === entry.type &&
          other.id === entry.id &&
          (handler.isRegional !== true || other.region === entry.region),
      );
    if (isBack || (await handler.exists?.(entry)) === false) return false;
    await handler.remove(entry, entry.inputs);
    return true;
  }

  #handler(type: string, region: string): ResourceHandler {
    const handler = this.#handlers(region).get(type);
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
