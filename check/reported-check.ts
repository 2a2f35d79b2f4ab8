import { within } from "../aws/clock.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { oneLine } from "../service-model/one-line.ts";
import { checkStack } from "./check-stack.ts";
import type { KnownExecution } from "./execution/known-executions.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { metricValue } from "./gate/evaluation.ts";
import type { Report } from "./report/content/report.ts";
import { addPictures } from "./report/read/add-pictures.ts";
import type { PendingReport } from "./report/reported.ts";
import { placeLine, terminalReport } from "./report/terminal.ts";

/** Time to read what the pictures are drawn from, in milliseconds. */
const pictureTime = 30_000;

/** Adds the pictures' data to a report, and draws them; a check without an execution has none. */
async function withPictures(report: Report, { clients, pipeline, signal }: CheckOptions) {
  if (report.execution === undefined || report.exitCode === exitCode.aws) return { report, figures: [] };
  const sources = {
    clients,
    modelPackageGroup: pipeline.modelPackageGroup,
    measure: (evaluation: string) => metricValue(JSON.parse(evaluation), pipeline.gate.evaluation.value),
  };
  const [whole, { drawFigures }] = await Promise.all([
    // Who interrupts the check does without them.
    signal.aborted
      ? report
      : within(clients.clock, pictureTime, (stop) => addPictures(report, { ...sources, signal: stop }), signal),
    // Loading a plotting library takes as long as reading the data.
    import("./report/plots/draw-figures.ts"),
  ]);
  return drawFigures(whole);
}

/** Whatever keeps the pictures from being drawn changes no verdict, such as a compiler that Ctrl-C has ended, too. */
function withoutPictures(report: Report, error: unknown) {
  const reason = `they could not be drawn (${oneLine((error as Error).message)})`;
  return { report: { ...report, notDrawn: [{ picture: "Pictures", reason }] }, figures: [] };
}

/**
 * Runs the stack check and reports it, on the terminal and as files, whatever its end.
 *
 * @returns the check's exit code
 */
export async function reportedCheck(options: CheckOptions, pending: PendingReport): Promise<number> {
  pending.know({ pipeline: options.pipeline.name });
  const onExecution = (execution: KnownExecution) => {
    options.onExecution?.(execution);
    pending.know({ execution: { arn: execution.arn } });
  };
  const found = await checkStack({ ...options, onExecution }).catch((error: unknown): Report => {
    if (!(error instanceof ExitError)) throw error;
    return pending.failure(error.code, error.message.split("\n"));
  });
  options.print(terminalReport(found, process.stdout.isTTY));
  // Before there are pictures too, so that nothing is lost if they take too long for whoever waits.
  pending.write(found);
  const whole = { ...found, created: new Date().toISOString() };
  const { report, figures } = await withPictures(whole, options).catch((error: unknown) =>
    withoutPictures(whole, error),
  );
  options.print(placeLine(report, pending.write(report, figures)));
  return report.exitCode;
}
