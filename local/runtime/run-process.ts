import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { killGroup, type ProcessRegistry } from "../state/process-registry.ts";
import type { Environment } from "./job-environment.ts";
import { type RunningProcess, spawned } from "./running-process.ts";

export interface ProcessRequest {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly onLine: (line: string) => void;
  /** Ends the process: SIGTERM, and SIGKILL when it is still there after the grace. */
  readonly signal: AbortSignal;
  readonly registry: ProcessRegistry;
  readonly maxSeconds?: number | undefined;
  /**
   * A quicker way to begin the same command, which tells of the process before it does anything; undefined when there is
   * none now, or when `signal` is aborted before it begins.
   */
  readonly prepared?: (
    signal: AbortSignal,
    began: (pid: number) => void,
  ) => Promise<RunningProcess | undefined> | undefined;
}

export type ProcessEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "timed-out" };

/** SageMaker gives a stopped job 120 s; nobody waits so long at a laptop. */
const graceMilliseconds = 3000;

/**
 * Runs a command in a process group of its own, line by line, to its end. Whatever it left running in the group is
 * killed with it.
 *
 * @throws Error when the command cannot be started.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal.aborted) return { kind: "stopped" };
  const prepared = await request.prepared?.(request.signal, (pid) => request.registry.add(pid));
  if (prepared === undefined && request.signal.aborted) return { kind: "stopped" };
  const running = prepared ?? spawned(request.command, request.folder, request.environment);
  const { pid } = running;
  if (prepared === undefined && pid !== undefined) request.registry.add(pid);
  let reason: "stopped" | "timed-out" | undefined;
  let kill: NodeJS.Timeout | undefined;
  const end = (why: "stopped" | "timed-out") => {
    if (pid === undefined || reason !== undefined) return;
    reason = why;
    killGroup(pid, "SIGTERM");
    kill = setTimeout(() => killGroup(pid, "SIGKILL"), graceMilliseconds);
  };
  const stop = () => end("stopped");
  request.signal.addEventListener("abort", stop, { once: true });
  if (request.signal.aborted) stop();
  const limit = request.maxSeconds === undefined ? undefined : after(request.maxSeconds, () => end("timed-out"));
  const output = Promise.all([lines(running.stdout, request.onLine), lines(running.stderr, request.onLine)]);
  try {
    const code = await running.exited;
    // A grandchild that holds the pipes open would keep the job from ending.
    if (pid !== undefined) killGroup(pid, "SIGKILL");
    await output;
    return reason === undefined ? { kind: "exited", code } : { kind: reason };
  } finally {
    clearTimeout(kill);
    clearTimeout(limit);
    request.signal.removeEventListener("abort", stop);
    if (pid !== undefined) request.registry.remove(pid);
  }
}

/** A timer of any length: Node's own take at most 24.8 days and fire at once beyond. */
function after(seconds: number, act: () => void): NodeJS.Timeout | undefined {
  const milliseconds = seconds * 1000;
  return milliseconds < 2 ** 31 ? setTimeout(act, milliseconds) : undefined;
}

async function lines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) onLine(line);
}
