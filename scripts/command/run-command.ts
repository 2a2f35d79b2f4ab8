import { constants } from "node:os";
import { ExitError, exitCode } from "../../exit-code.ts";

const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Time that a command has to end in order after a signal, in milliseconds. */
const graceAfterSignal = 7000;

/** A signal that comes sooner after the first one is the same wish: npm passes on what the terminal has sent to both. In milliseconds. */
const sameWish = 1000;

/** The reason of an abort by a signal. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

/** What is wrong with an output that nobody reads, or that has no room. */
const outputErrors = new Set(["EPIPE", "EIO", "ENOSPC", "EDQUOT"]);

/** A closed terminal or pipe, or a full disk, must not end the command before it has put everything in order. */
function outliveTheOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (!outputErrors.has(error.code ?? "")) throw error;
    });
}

/** What ended a command, as an exit code and a text; only a defect of the command itself shows a stack trace. */
function outcome(error: unknown): ExitError {
  if (error instanceof ExitError) return error;
  const { code, path, message, stack } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new ExitError(exitCode.usage, `The disk is full (${path ?? message}): free some space and run it again.`);
  if (code === "EACCES" || code === "EROFS")
    return new ExitError(exitCode.usage, `${path ?? message} cannot be written (${code}): change its permissions.`);
  return new ExitError(exitCode.aws, stack ?? String(error));
}

/** Ends the process by an error, also by one that nothing awaits: Node's own exit code for these would mean a regression. */
function endBy(error: unknown): never {
  const ended = outcome(error);
  process.stderr.write(`${ended.message}\n`);
  process.exit(ended.code);
}

/**
 * Runs a command to its exit code: the number that `command` returns, that of its ExitError, 128 + n where a signal ended it.
 * A command that has its result when a signal comes keeps it. A signal aborts `signal` and leaves the command 7 s to end in
 * order; a second one ends it at once. This is the one place where errors become exit codes.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<never> {
  const abort = new AbortController();
  let interrupted: NodeJS.Signals | undefined;
  let interruptedAt = 0;
  for (const name of endSignals)
    process.on(name, () => {
      const code = 128 + constants.signals[name];
      if (interrupted !== undefined) {
        if (performance.now() - interruptedAt >= sameWish) process.exit(code);
        return;
      }
      interrupted = name;
      interruptedAt = performance.now();
      abort.abort(new Interrupted(name));
      setTimeout(() => process.exit(code), graceAfterSignal).unref();
    });
  process.on("uncaughtException", endBy);
  process.on("unhandledRejection", endBy);
  outliveTheOutput();
  let code: number;
  try {
    code = await command(abort.signal);
  } catch (error) {
    const ended = outcome(error);
    if (interrupted === undefined) process.stderr.write(`${ended.message}\n`);
    code = interrupted === undefined ? ended.code : 128 + constants.signals[interrupted];
  }
  process.exit(code);
}
