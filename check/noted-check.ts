import { exitCode } from "../exit-code.ts";
import type { KnownExecution } from "./execution/known-executions.ts";
import { noteVerdict } from "./execution/note-verdict.ts";
import type { CheckOptions, Found } from "./gate/check-options.ts";

/** Ends at which there is nothing more to find of an execution, although it has no verdict. */
const conclusive: ReadonlySet<number> = new Set([exitCode.executionFailed, exitCode.evaluation]);

/**
 * Runs a check and, once its verdict is reported, notes it on the execution. Until then another run of the same check takes up
 * the same execution: also where this process is killed in between, the deadline passes, or AWS cannot be asked.
 *
 * @returns the check's exit code
 */
export async function notedCheck(
  options: CheckOptions,
  check: (options: CheckOptions) => Promise<number>,
): Promise<number> {
  let execution: KnownExecution | undefined;
  let verdict: Found | undefined;
  const code = await check({
    ...options,
    onExecution: (found) => (execution = found),
    onVerdict: (found) => (verdict = found),
  });
  const isFirst = execution?.note?.verdict === undefined;
  const outcome =
    verdict ??
    (isFirst && conclusive.has(code) ? { verdict: "error", thresholds: execution?.note?.thresholds } : undefined);
  if (execution !== undefined && outcome !== undefined)
    await noteVerdict(options.clients, execution, outcome, options.print);
  return code;
}
