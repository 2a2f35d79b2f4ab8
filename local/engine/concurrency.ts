import { availableParallelism } from "node:os";

/** How many jobs run side by side on this machine: each computes with one thread. */
export const cores = availableParallelism();

/** How many steps of an execution run at the same time. */
export function concurrency(maxParallelSteps: number | undefined): number {
  return Math.max(1, Math.min(cores, maxParallelSteps ?? cores));
}
