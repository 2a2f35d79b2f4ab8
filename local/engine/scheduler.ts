import type { Dependency, GraphNode, NodeTrigger } from "./graph.ts";

/** How a step ended. */
export interface StepOutcome {
  readonly name: string;
  readonly status: "Succeeded" | "Failed" | "Stopped";
  /** Of a condition step that succeeded. */
  readonly condition?: string | undefined;
}

/** Whether the end of a step is the one that another step waits for. */
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

/** The triggers that take a failed or a stopped step on. */
const handlers: { readonly [status: string]: readonly NodeTrigger[] } = {
  Failed: ["Failed", "Any"],
  Stopped: ["Stopped", "Any"],
};

/**
 * Which steps of an execution may begin. A step whose failure no other step waits for ends it: nothing new begins, and
 * what runs goes on to its end. A step whose dependencies cannot be met any more, such as one in a branch not taken, never
 * appears. Takes a time for each step and each dependency, however many there are.
 */
export class Scheduler {
  readonly #nodes: readonly GraphNode[];
  /** By step: the steps that wait for it, by their place in the definition. */
  readonly #waiting = new Map<string, { readonly index: number; readonly trigger: NodeTrigger }[]>();
  /** By place: how many dependencies are not met yet; infinite where one never will be. */
  readonly #unmet: number[];
  /** Steps that have run already. */
  readonly #skipped = new Set<string>();
  /** The places of steps that may begin, in the definition's order. */
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

  /** Takes the next step that may begin; undefined while there is none. */
  next(): GraphNode | undefined {
    const index = this.#halted ? undefined : this.#ready.shift();
    return index === undefined ? undefined : this.#nodes[index];
  }

  /** Tells of a step's end. It is not told again, and does not begin again. */
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

  /** Nothing begins any more. */
  halt(): void {
    this.#halted = true;
  }

  /** Leaves out a step that has run already, also when it would become ready later: in an execution that goes on. */
  skip(name: string): void {
    this.#skipped.add(name);
    const place = this.#ready.findIndex((index) => this.#nodes[index]?.step.Name === name);
    if (place !== -1) this.#ready.splice(place, 1);
  }

  /** Whether some step failed or was stopped, and each such end was waited for by another step. */
  get handledFailures(): boolean {
    return this.#failed && !this.#halted;
  }

  #waitFor({ step, trigger }: Dependency, index: number): void {
    const waiting = this.#waiting.get(step);
    if (waiting === undefined) this.#waiting.set(step, [{ index, trigger }]);
    else waiting.push({ index, trigger });
  }

  /** Steps become ready mostly in their order: the place is near the end. */
  #insert(index: number): void {
    if (this.#skipped.has(this.#nodes[index]?.step.Name ?? "")) return;
    let place = this.#ready.length;
    while (place > 0 && (this.#ready[place - 1] ?? 0) > index) place--;
    this.#ready.splice(place, 0, index);
  }
}
