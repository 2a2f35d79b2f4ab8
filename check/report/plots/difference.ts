import { significant } from "../../gate/verdict.ts";
import type { Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

type Comparison = NonNullable<Report["comparison"]>;

interface Row {
  readonly model: string;
  /** The short form of the model's name, for the space left of the zero line. */
  readonly name: string;
  readonly comparison: Comparison;
}

/** Positions in pixels. Rows begin below the label of the zero line; the names of a row are above its interval. */
const [firstRow, rowHeight, nameAt, intervalAt] = [18, 54, 8, 28];

function rowsOf({ comparison, bestComparison }: Report): readonly Row[] {
  return [
    ...(comparison === undefined ? [] : [{ model: "baseline", name: "to the baseline", comparison }]),
    ...(bestComparison === undefined
      ? []
      : [{ model: "best approved model", name: "to the best approved", comparison: bestComparison }]),
  ];
}

function sentence({ model, comparison: { mean, lower, upper, margin } }: Row): string {
  return (
    `The mean difference to the ${model} is ${significant(mean)}, with one-sided 95 % bounds ${significant(lower)} and ` +
    `${significant(upper)}. Up to the margin, ${significant(margin)}, the candidate is still good enough.`
  );
}

/** Returns the axis title in two lines. If a higher metric is better, the differences are of the loss, not of the metric. */
function axisTitle({ metric = "loss", direction, loss = "loss" }: Report, rows: readonly Row[]): readonly string[] {
  const other = rows.length === 1 ? "baseline's" : "approved model's";
  return [`candidate's ${direction === "higher" ? loss : metric}`, `minus ${other}`];
}

function label(text: string, y: number, mark: object): object {
  return { data: { values: [{ text }] }, mark: { type: "text", y, ...mark }, encoding: { text: { field: "text" } } };
}

/** Draws a row: the name of the approved model, the margin against it, and the difference with its bounds. */
function rowLayers({ name, comparison }: Row, index: number, x: object): readonly object[] {
  const top = firstRow + index * rowHeight;
  const at = (field: string) => ({ x: { ...x, field } });
  const [data, y] = [{ values: [comparison] }, top + intervalAt];
  return [
    label(name, top + nameAt, { align: "left", x: 0 }),
    {
      data,
      encoding: at("margin"),
      layer: [
        { mark: { type: "rule", strokeDash: [5, 3], y: top, y2: y + 14 } },
        { mark: { type: "text", text: "margin", align: "left", dx: 4, y: top + nameAt } },
      ],
    },
    {
      data,
      mark: { type: "rule", strokeWidth: 3, color: colours.candidate, y },
      encoding: { ...at("lower"), x2: { field: "upper" } },
    },
    {
      data,
      mark: { type: "point", filled: true, size: 120, color: colours.candidate, opacity: 1, y },
      encoding: at("mean"),
    },
  ];
}

/** Draws the mean paired difference to each approved model with its bounds, relative to zero and the margin. */
export function differencePlot(report: Report): readonly Plot[] {
  const rows = rowsOf(report);
  if (rows.length === 0) return [];
  const ends = rows.flatMap(({ comparison: { lower, upper, margin } }) => [lower, upper, margin].map(Math.abs));
  // This leaves room for the words at both ends.
  const reach = Math.max(...ends) * 1.4 || 1;
  const x = {
    type: "quantitative",
    title: axisTitle(report, rows),
    scale: { domain: [-reach, reach], nice: false },
    // The axis has no grid, because lines would cross the letters; the numbers are in the text above.
    axis: { grid: false, tickCount: 5 },
  };
  return [
    {
      id: "difference",
      title: `Difference to the ${rows.map(({ model }) => model).join(" and the ")}, on the same rows`,
      description: rows.map(sentence).join(" "),
      height: firstRow + rows.length * rowHeight + 60,
      layer: [
        {
          data: { values: [{ at: 0 }] },
          encoding: { x: { ...x, field: "at" } },
          layer: [
            { mark: { type: "rule" } },
            { mark: { type: "text", text: "no difference", align: "right", dx: -4, y: 6 } },
          ],
        },
        ...rows.flatMap((row, index) => rowLayers(row, index, x)),
      ],
    },
  ];
}
