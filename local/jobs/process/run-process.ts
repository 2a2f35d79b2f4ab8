import type { Environment } from "../../state/process-environment.ts";
import { killGroup, type ProcessRegistry } from "../../state/process-registry.ts";
import { readLines } from "./lines.ts";
import { type RunningProcess, spawned } from "./running-process.ts";

export interface ProcessRequest {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  /** Told of all lines that came at once. What it throws ends the process and is thrown. */
  readonly onLines: (lines: readonly string[]) => void;
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

/** For what a process printed last, when something that it left running holds its output open. */
const lastLinesMilliseconds = 1000;

/**
 * Runs a command in a process group of its own, line by line, to its end. Whatever it left running in the group is
 * killed with it; the namespace of a command that has one ends what left the group, too.
 *
 * @throws Error when the command cannot be started, and what `onLines` throws.
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

/** A timer of any length: Node's own take at most 24.8 days and fire at once beyond. */
function after(seconds: number, act: () => void): NodeJS.Timeout | undefined {
  const milliseconds = seconds * 1000;
  return milliseconds < 2 ** 31 ? setTimeout(act, milliseconds) : undefined;
}
