import type { Runtime } from "./runtime.ts";

/** The number of lines of a failed job or function that the endpoint's terminal shows. */
export const shownLines = 10;

/** Prints the last lines of a failed job or function in the endpoint's terminal. The whole log is in CloudWatch Logs. */
export function printFailure({ print }: Pick<Runtime, "print">, name: string, lines: readonly string[] = []): void {
  const last = lines.slice(-shownLines);
  if (last.length > 0) print([`${name} failed:`, ...last.map((line) => `  ${line}`)].join("\n"));
}
