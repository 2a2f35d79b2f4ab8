import { appendFileSync } from "node:fs";
import type { CheckOutcome } from "./check-stack.ts";

/** Returns the highest exit code of several checks; 0 if there are none. */
export function highestExitCode(outcomes: readonly CheckOutcome[]): number {
  return Math.max(0, ...outcomes.map(({ exitCode }) => exitCode));
}

/**
 * Hands checks over to the next job of a workflow: notes in a file of GitHub whether an execution still runs. A check that
 * did not see the end of its execution does not count as failed.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter
 *
 * @param file the value of GITHUB_OUTPUT
 * @returns the highest exit code of the checks that ended
 */
export function handOver(outcomes: readonly CheckOutcome[], file: string, print: (line: string) => void): number {
  const isUnfinished = outcomes.some((outcome) => outcome.isUnfinished);
  appendFileSync(file, `unfinished=${isUnfinished}\n`);
  if (isUnfinished) print("\nThis check hands over to the next job, which follows the execution that still runs.");
  return highestExitCode(outcomes.filter((outcome) => !outcome.isUnfinished));
}
