import { ExitError, exitCode } from "../../exit-code.ts";

/** The timeout option of commands that wait for an execution. */
export const timeoutOption = { timeout: { type: "string", default: "240" } } as const;

/**
 * Reads `--timeout` and converts minutes to milliseconds.
 *
 * @throws ExitError (2) for anything but a number above 0
 */
export function parseTimeout(text: string): number {
  const minutes = Number(text);
  if (minutes > 0 && Number.isFinite(minutes)) return minutes * 60_000;
  throw new ExitError(exitCode.usage, `--timeout takes minutes as a number above 0, not "${text}".`);
}
