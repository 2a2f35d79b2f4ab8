import type { GraphNode, NodeDependency, NodeTrigger } from "./graph.ts";

/** The status of a step that has ended. */
export interface StepOutcome {
  readonly name: string;
  readonly status: "Succeeded" | "Failed" | "Stopped";
  /** The outcome of a condition step that succeeded. */
  readonly condition?: string | undefined;
}

/** Tells whether the end of a step meets a dependency on it. */
export function meets(outcome: StepOutcome, trigger: NodeTrigger): boolean {
  switch (trigger) {
    case "Any":
      return true;
    case "Completed":
      return outcome.status === "Succeeded";
    case "True":
    case "False":
      return outcome.status === "Succeeded" && outcome.condition === trigger;
    default:
      return outcome.status === trigger;
  }
}

/** The triggers with which a step handles the failure or the stop of another step. */
const handlers: { readonly [status: string]: readonly NodeTrigger[] } = {
  Failed: ["Failed", "Any"],
  Stopped: ["Stopped", "Any"],
};

/**
 * Decides which steps of an execution can start. If a step fails and no other step waits for this failure, no further
 * step starts, and the running steps continue to their end. A step whose dependencies can no longer be met, such as a
 * step in the other branch of a condition, never starts. The time is linear in the number of steps and dependencies.
 */
export class Scheduler {
  readonly #nodes: readonly GraphNode[];
  /** For each step, the indexes of the nodes that wait for it. */
  readonly #waiting = new Map<string, { readonly index: number; readonly trigger: NodeTrigger }[]>();
  /** For each node, the number of dependencies that are not met yet. Infinite if one can no longer be met. */
  readonly #unmet: number[];
  /** Steps that have already ended and must not start again. */
  readonly #skipped = new Set<string>();
  /** The indexes of nodes that can start, in the order of the definition. */
  readonly #ready: number[] = [];
  #failed = false;
  #halted = false;

  constructor(graph: readonly GraphNode[]) {
    this.#nodes = graph;
    this.#unmet = graph.map((node) => node.dependencies.length);
    for (const [index, node] of graph.entries()) {
      for (const dependency of node.dependencies) this.#waitFor(dependency, index);
      if (node.dependencies.length === 0) this.#ready.push(index);
    }
  }

  /** Removes and returns the next step that can start, or undefined if there is none. */
  next(): GraphNode | undefined {
    const index = this.#halted ? undefined : this.#ready.shift();
    return index === undefined ? undefined : this.#nodes[index];
  }

  /** Registers the end of a step. Must be called once for each step. */
  ended(outcome: StepOutcome): void {
    const waiting = this.#waiting.get(outcome.name) ?? [];
    for (const { index, trigger } of waiting) {
      const unmet = meets(outcome, trigger) ? (this.#unmet[index] ?? 0) - 1 : Number.POSITIVE_INFINITY;
      this.#unmet[index] = unmet;
      if (unmet === 0) this.#insert(index);
    }
    const taken = handlers[outcome.status];
    if (taken === undefined) return;
    this.#failed = true;
    if (!waiting.some(({ trigger }) => taken.includes(trigger))) this.#halted = true;
  }

  /** Prevents further steps from starting. */
  halt(): void {
    this.#halted = true;
  }

  /** Prevents a step from starting that has already ended, in a retried or a selective execution. */
  skip(name: string): void {
    this.#skipped.add(name);
    const place = this.#ready.findIndex((index) => this.#nodes[index]?.step.Name === name);
    if (place !== -1) this.#ready.splice(place, 1);
  }

  /** Whether steps failed or were stopped, and another step waited for each of these ends. */
  get handledFailures(): boolean {
    return this.#failed && !this.#halted;
  }

  #waitFor({ step, trigger }: NodeDependency, index: number): void {
    const waiting = this.#waiting.get(step);
    if (waiting === undefined) this.#waiting.set(step, [{ index, trigger }]);
    else waiting.push({ index, trigger });
  }

  /** Inserts a node into the sorted list. Searches from the end, because nodes become ready mostly in order. */
  #insert(index: number): void {
    if (this.#skipped.has(this.#nodes[index]?.step.Name ?? "")) return;
    let place = this.#ready.length;
    while (place > 0 && (this.#ready[place - 1] ?? 0) > index) place--;
    this.#ready.splice(place, 0, index);
  }
}
