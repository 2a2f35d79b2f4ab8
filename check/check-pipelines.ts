import { exitCode } from "../exit-code.ts";
import { type CheckOutcome, checkStack } from "./check-stack.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { ReportIndex } from "./report/report-index.ts";
import type { PendingReport } from "./report/reported.ts";

/** The check of one pipeline of a stack. */
export interface PipelineCheck {
  /** The pipeline's folder, which also names the folder of its report. */
  readonly folder: string;
  readonly options: CheckOptions;
}

/** Reports a check that did not begin. */
function tooLate(pending: PendingReport, print: (line: string) => void): CheckOutcome {
  const reason = "The deadline passed before this check began: give a longer --timeout, or check fewer pipelines.";
  print(reason);
  pending.write(pending.failure(exitCode.deadline, [reason]));
  return { exitCode: exitCode.deadline, isUnfinished: true };
}

async function checkEach(
  checks: readonly PipelineCheck[],
  pending: PendingReport,
  print: (line: string) => void,
): Promise<readonly CheckOutcome[]> {
  const index = new ReportIndex(
    pending,
    checks.map(({ folder }) => folder),
  );
  const outcomes: CheckOutcome[] = [];
  const deadlines = checks.map(({ options: { clients, timeout } }) => clients.clock.now() + timeout);
  for (const [number, { folder, options }] of checks.entries()) {
    print(`\nPipeline ${folder}, ${number + 1} of ${checks.length}`);
    const report = index.part(folder);
    const timeout = (deadlines[number] ?? 0) - options.clients.clock.now();
    outcomes.push(timeout > 0 ? await checkStack({ ...options, timeout }, report) : tooLate(report, print));
    index.write();
  }
  print(`\n${index.write()}`);
  return outcomes;
}

/**
 * Checks pipelines one after the other. A check without a verdict does not keep the others from running; a signal does.
 *
 * @param checks each with the time that all of them may take, counted from now
 * @param hasIndex whether each report gets a folder of its own, with an index above them; otherwise there is only one check
 * @returns the outcome of each check
 */
export async function checkPipelines(
  checks: readonly PipelineCheck[],
  hasIndex: boolean,
  pending: PendingReport,
  print: (line: string) => void,
): Promise<readonly CheckOutcome[]> {
  const [only] = checks;
  if (only !== undefined)
    return hasIndex ? checkEach(checks, pending, print) : [await checkStack(only.options, pending)];
  print("There is no pipeline to check.");
  return [];
}
