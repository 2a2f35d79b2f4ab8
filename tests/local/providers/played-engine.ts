import { isDeepStrictEqual } from "node:util";
import type { Inputs, PlayedResource } from "./played-resource.ts";

/** A resource that a program registers. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
}

interface Deployed extends Registered {
  readonly id: string;
}

export interface Difference {
  readonly resource: string;
  readonly put: Inputs;
  readonly read: Inputs | undefined;
}

/**
 * The part of Pulumi's engine that updates a stack. It creates new resources, updates or replaces changed ones, and
 * deletes resources that are no longer in the program, the newest first. Its providers are the resources in this
 * folder.
 */
export class PlayedEngine {
  readonly #resources: Readonly<Record<string, PlayedResource>>;
  readonly #deployed = new Map<string, Deployed>();
  /** Types of resources that are not deleted when they are no longer in the program. */
  readonly #retained: readonly string[];

  constructor(resources: Readonly<Record<string, PlayedResource>>, retained: readonly string[] = []) {
    this.#resources = resources;
    this.#retained = retained;
  }

  /** Returns the changes of an update in order, such as `create TYPE NAME`, without making them. */
  preview(program: readonly Registered[]): readonly string[] {
    const steps = program.flatMap((resource) => {
      const last = this.#deployed.get(keyOf(resource));
      if (last === undefined) return [`create ${keyOf(resource)}`];
      if (isDeepStrictEqual(last.inputs, resource.inputs)) return [];
      const { identity } = this.#played(resource.type);
      const replaces = identity.some((name) => !isDeepStrictEqual(last.inputs[name], resource.inputs[name]));
      return [`${replaces ? "replace" : "update"} ${keyOf(resource)}`];
    });
    return [...steps, ...this.#orphans(program).map((resource) => `delete ${keyOf(resource)}`)];
  }

  async up(program: readonly Registered[]): Promise<readonly string[]> {
    const steps = this.preview(program);
    for (const resource of program) {
      if (steps.includes(`create ${keyOf(resource)}`)) await this.#create(resource);
      if (steps.includes(`update ${keyOf(resource)}`)) await this.#update(resource);
      if (steps.includes(`replace ${keyOf(resource)}`)) {
        await this.#delete(this.#deployed.get(keyOf(resource)) as Deployed);
        await this.#create(resource);
      }
    }
    for (const resource of this.#orphans(program)) await this.#delete(resource);
    return steps;
  }

  /** Returns the resources whose state on the endpoint differs from the inputs. */
  async refresh(): Promise<readonly Difference[]> {
    const differences: Difference[] = [];
    for (const deployed of this.#deployed.values()) {
      const { read, readable = (inputs: Inputs) => inputs } = this.#played(deployed.type);
      const [put, actual] = [readable(deployed.inputs), await read(deployed.id)];
      if (!isDeepStrictEqual(put, actual)) differences.push({ resource: keyOf(deployed), put, read: actual });
    }
    return differences;
  }

  async destroy(): Promise<void> {
    for (const deployed of [...this.#deployed.values()].reverse()) await this.#delete(deployed);
  }

  #orphans(program: readonly Registered[]): readonly Deployed[] {
    const registered = new Set(program.map(keyOf));
    return [...this.#deployed.values()].filter((each) => !registered.has(keyOf(each))).reverse();
  }

  async #create(resource: Registered): Promise<void> {
    const id = await this.#played(resource.type).create(resource.inputs);
    this.#deployed.set(keyOf(resource), { ...resource, id });
  }

  async #update(resource: Registered): Promise<void> {
    const { id, inputs } = this.#deployed.get(keyOf(resource)) as Deployed;
    await this.#played(resource.type).update(id, resource.inputs, inputs);
    this.#deployed.set(keyOf(resource), { ...resource, id });
  }

  async #delete(deployed: Deployed): Promise<void> {
    if (!this.#retained.includes(deployed.type)) {
      await this.#played(deployed.type).remove(deployed.id, deployed.inputs);
    }
    this.#deployed.delete(keyOf(deployed));
  }

  #played(type: string): PlayedResource {
    const played = this.#resources[type];
    if (played === undefined) throw new Error(`no provider is played for ${type}`);
    return played;
  }
}

function keyOf({ type, name }: Registered): string {
  return `${type} ${name}`;
}
