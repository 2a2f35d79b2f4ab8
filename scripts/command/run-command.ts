import { constants } from "node:os";
import { ExitError, exitCode } from "../../exit-code.ts";

const endSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The time a command has to clean up after a signal, in milliseconds. */
const graceAfterSignal = 7000;

/** Signals that arrive within this time count as one, in milliseconds: npm passes on the signal that the terminal also sends directly. */
const sameWish = 1000;

/** The abort reason of a command that a signal interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
    this.signal = signal;
  }
}

/** The errors of writing to a closed pipe or terminal, or to a full disk. */
const outputErrors = new Set(["EPIPE", "EIO", "ENOSPC", "EDQUOT"]);

/** Ignores output errors, so that a closed terminal or a full disk does not end the command before it has cleaned up. */
function outliveTheOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (!outputErrors.has(error.code ?? "")) throw error;
    });
}

/** Converts any error to an exit code and a text. Only a defect of the command itself shows a stack trace. */
function outcome(error: unknown): ExitError {
  if (error instanceof ExitError) return error;
  const { code, path, message, stack } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT")
    return new ExitError(exitCode.usage, `The disk is full (${path ?? message}): free some space and run it again.`);
  if (code === "EACCES" || code === "EROFS")
    return new ExitError(exitCode.usage, `${path ?? message} cannot be written (${code}): change its permissions.`);
  return new ExitError(exitCode.aws, stack ?? String(error));
}

/** Ends the process with an error that nothing caught. Node's own exit code for it, 1, would mean a regression. */
function endBy(error: unknown): never {
  const ended = outcome(error);
  process.stderr.write(`${ended.message}\n`);
  process.exit(ended.code);
}

/**
 * Runs a command and ends the process with its exit code: the number that `command` returns, the code of its ExitError, or
 * 128 + n after signal n. A signal aborts `signal` and leaves the command 7 s to clean up; a second signal ends it at once. A
 * command that returns its result after a signal keeps that result. Only this function converts errors to exit codes.
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
