import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { killGroup, type ProcessRegistry } from "../state/process-registry.ts";
import type { Environment } from "./job-environment.ts";

export interface ProcessRequest {
  readonly command: readonly string[];
  readonly folder: string;
  readonly environment: Environment;
  readonly onLine: (line: string) => void;
  /** Ends the process: SIGTERM, and SIGKILL when it is still there after the grace. */
  readonly signal: AbortSignal;
  readonly registry: ProcessRegistry;
  readonly maxSeconds?: number | undefined;
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
  const [program = "", ...rest] = request.command;
  const child = spawn(program, rest, {
    cwd: request.folder,
    env: request.environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal === "SIGKILL" ? 9 : 15)));
  });
  // Awaited below: until then a command that does not exist must not be an unhandled rejection.
  exited.catch(() => {});
  const { pid } = child;
  if (pid !== undefined) request.registry.add(pid);
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
  const limit = request.maxSeconds === undefined ? undefined : after(request.maxSeconds, () => end("timed-out"));
  const output = Promise.all([lines(child.stdout, request.onLine), lines(child.stderr, request.onLine)]);
  try {
    const code = await exited;
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
