import { type GraphNode, predecessors } from "./graph.ts";

/** What the scheduler has to know of a step that has begun. */
export interface Progress {
  readonly name: string;
  readonly status: "Starting" | "Executing" | "Stopping" | "Stopped" | "Failed" | "Succeeded";
  /** Of a condition step that has succeeded. */
  readonly outcome?: string | undefined;
}

export interface Schedule {
  /** The steps to begin now, in the definition's order. */
  readonly start: readonly GraphNode[];
  /** Whether nothing runs and nothing will. */
  readonly over: boolean;
}

const running = new Set(["Starting", "Executing", "Stopping"]);

/**
 * Decides what an execution does next. After a failure or a stop nothing new begins; what runs goes on to its end.
 *
 * @param limit how many steps may run at the same time
 */
export function schedule(graph: readonly GraphNode[], begun: readonly Progress[], limit: number): Schedule {
  const progress = new Map(begun.map((step) => [step.name, step]));
  const active = begun.filter((step) => running.has(step.status)).length;
  const ended = begun.some(
    (step) => step.status === "Failed" || step.status === "Stopped" || step.status === "Stopping",
  );
  if (ended) return { start: [], over: active === 0 };
  const ready = graph.filter((node) => !progress.has(node.step.Name) && isReady(node, progress));
  const start = ready.slice(0, Math.max(0, limit - active));
  return { start, over: active === 0 && start.length === 0 };
}

/** A step that needs one in a branch not taken never becomes ready, and so never appears, as on AWS. */
function isReady(node: GraphNode, progress: ReadonlyMap<string, Progress>): boolean {
  if (!predecessors(node).every((name) => progress.get(name)?.status === "Succeeded")) return false;
  return node.branch === undefined || progress.get(node.branch.condition)?.outcome === node.branch.outcome;
}
