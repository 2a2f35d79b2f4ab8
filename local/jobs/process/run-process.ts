import type { Environment } from "../../state/process-environment.ts";
import { killGroup, type ProcessRegistry } from "../../state/process-registry.ts";
import { readLines } from "./read-lines.ts";
import { type RunningProcess, spawned } from "./running-process.ts";

/** A command to run, and its environment. */
export interface ProcessRequest {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  /** Called with all lines that arrived at once. If it throws, the process is ended and the error is thrown. */
  readonly onLines: (lines: readonly string[]) => void;
  /** Ends the process: with SIGTERM, and with SIGKILL if it still runs after the grace period. */
  readonly signal: AbortSignal;
  readonly registry: ProcessRegistry;
  readonly maxSeconds?: number | undefined;
  /**
   * Starts the same command faster, by a prepared process. It calls `began` with the process id before the command does
   * anything. Undefined if no prepared process can run the command, or if `signal` is aborted before the command begins.
   */
  readonly prepared?: (
    signal: AbortSignal,
    began: (pid: number) => void,
  ) => Promise<RunningProcess | undefined> | undefined;
}

/** The end of a process. */
export type ProcessEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "timed-out" };

/** The time between SIGTERM and SIGKILL. SageMaker gives a stopped job 120 s, which is too long to wait at a laptop. */
const graceMilliseconds = 3000;

/** The longest wait for the last lines after a process has ended, because a child that it left running may keep its output open. */
const lastLinesMilliseconds = 1000;

/**
 * Runs a command in its own process group until it ends. Processes that it left running in the group are killed. Processes that
 * left the group end with the command's namespace, if it has one.
 *
 * @throws Error if the command cannot be started, and the error of `onLines`
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal.aborted) return { kind: "stopped" };
  const prepared = await request.prepared?.(request.signal, (pid) => request.registry.add(pid));
  if (prepared === undefined && request.signal.aborted) return { kind: "stopped" };
  const running = prepared ?? (await spawned(request.command, request.folder, request.environment));
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
  const outputs = [running.stdout, running.stderr];
  let failure: { readonly error: unknown } | undefined;
  const read = Promise.all(
    outputs.map((stream) =>
      readLines(stream, request.onLines).catch((error: unknown) => {
        failure ??= { error };
        end("stopped");
      }),
    ),
  );
  let last: NodeJS.Timeout | undefined;
  try {
    const code = await running.exited;
    if (pid !== undefined) killGroup(pid, "SIGKILL");
    last = setTimeout(() => {
      for (const stream of outputs) stream.destroy();
    }, lastLinesMilliseconds);
    await read;
    if (failure !== undefined) throw failure.error;
    return reason === undefined ? { kind: "exited", code } : { kind: reason };
  } finally {
    clearTimeout(kill);
    clearTimeout(limit);
    clearTimeout(last);
    request.signal.removeEventListener("abort", stop);
    if (pid !== undefined) request.registry.remove(pid);
  }
}

/** Starts a timer. For more than 24.8 days it starts none, because Node's timers would then fire at once. */
function after(seconds: number, act: () => void): NodeJS.Timeout | undefined {
  const milliseconds = seconds * 1000;
  return milliseconds < 2 ** 31 ? setTimeout(act, milliseconds) : undefined;
}
