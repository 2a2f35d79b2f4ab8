import { availableParallelism } from "node:os";

/** The number of jobs that run in parallel on this machine. Each job computes with one thread. */
export const cores = availableParallelism();

/** Returns how many steps of an execution run in parallel. */
export function concurrency(maxParallelSteps: number | undefined): number {
  return Math.max(1, Math.min(cores, maxParallelSteps ?? cores));
}
