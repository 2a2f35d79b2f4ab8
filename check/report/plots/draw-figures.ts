import { oneLine } from "../../../service-model/one-line.ts";
import type { Report } from "../content/report.ts";
import type { Figure } from "./figure.ts";
import { graphFigure } from "./graph-figure.ts";
import { drawPlot } from "./plot.ts";
import { plotsOf } from "./plots.ts";

type NotDrawn = NonNullable<Report["notDrawn"]>;

async function attempt(picture: string, draw: () => Figure | Promise<Figure>): Promise<Figure | NotDrawn[number]> {
  try {
    return await draw();
  } catch (error) {
    return { picture, reason: `it could not be drawn (${oneLine((error as Error).message)})` };
  }
}

/** Draws every picture for which a report has data. If a picture fails, the report says why instead. */
export async function drawFigures(
  report: Report,
): Promise<{ readonly report: Report; readonly figures: readonly Figure[] }> {
  const { graph, execution } = report;
  const drawn = [
    ...(graph === undefined ? [] : [await attempt("The graph", () => graphFigure(graph, execution?.steps ?? []))]),
    ...(await Promise.all(plotsOf(report).map((plot) => attempt(plot.title, () => drawPlot(plot))))),
  ];
  const failed = drawn.filter((one) => "reason" in one);
  return {
    report: failed.length === 0 ? report : { ...report, notDrawn: [...(report.notDrawn ?? []), ...failed] },
    figures: drawn.filter((one) => "svg" in one),
  };
}
