import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import type { Environment } from "../../state/process-environment.ts";
import { OutputPipes } from "./output-pipes.ts";

/** A process that leads its own process group. */
export interface RunningProcess {
  /** Undefined if the command could not be started. */
  readonly pid: number | undefined;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The exit code as in a shell: 128 plus the signal's number for a process that was ended by a signal. */
  readonly exited: Promise<number>;
}

/**
 * Converts the status of an ended process to an exit code as in a shell.
 *
 * @param status the exit code, or the negative number of the signal that ended the process
 */
export function shellExitCode(status: number): number {
  return status < 0 ? 128 - status : status;
}

/** Starts a command. `exited` rejects if it cannot be started. */
export async function spawned(
  command: readonly string[],
  folder: string,
  environment: Environment,
): Promise<RunningProcess> {
  const [program = "", ...rest] = command;
  const pipes = await OutputPipes.make();
  const { stdout, stderr } = pipes;
  const child = spawn(program, rest, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", ...pipes.writers],
    detached: true,
  });
  pipes.handedOver();
  const exited = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? shellExitCode(-constants.signals[signal ?? "SIGKILL"])));
  });
  // The caller awaits this later. Until then, the failed start of a command must not be an unhandled rejection.
  exited.catch(() => {});
  return { pid: child.pid, stdout, stderr, exited };
}
