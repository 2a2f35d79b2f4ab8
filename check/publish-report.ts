import { within } from "../aws/clock.ts";
import { exitCode } from "../exit-code.ts";
import { oneLine } from "../service-model/one-line.ts";
import type { CheckOptions } from "./gate/check-options.ts";
import { metricValue } from "./gate/metric-value.ts";
import type { Report } from "./report/content/report.ts";
import { addPictures } from "./report/read/add-pictures.ts";
import type { PendingReport } from "./report/reported.ts";
import { placeLine, terminalReport } from "./report/terminal.ts";

/** The time to read the data of the pictures, in milliseconds. */
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
    // An interrupted check stops reading.
    signal.aborted
      ? report
      : within(clients.clock, pictureTime, (stop) => addPictures(report, { ...sources, signal: stop }), signal),
    // The plotting library loads in parallel, because that takes as long as reading the data.
    import("./report/plots/draw-figures.ts"),
  ]);
  return drawFigures(whole);
}

/** Adds to a report why it has no pictures. An error while drawing, such as after Ctrl-C, does not change the verdict. */
function withoutPictures(report: Report, error: unknown) {
  const reason = `they could not be drawn (${oneLine((error as Error).message)})`;
  return { report: { ...report, notDrawn: [{ picture: "Pictures", reason }] }, figures: [] };
}

/** Prints a report and writes its files, first without pictures, so that a report exists if they take too long, and then with them. */
export async function publishReport(report: Report, options: CheckOptions, pending: PendingReport): Promise<void> {
  options.print(terminalReport(report, process.stdout.isTTY));
  pending.write(report);
  const dated = { ...report, created: new Date().toISOString() };
  const { report: whole, figures } = await withPictures(dated, options).catch((error: unknown) =>
    withoutPictures(dated, error),
  );
  options.print(placeLine(whole, pending.write(whole, figures)));
}
