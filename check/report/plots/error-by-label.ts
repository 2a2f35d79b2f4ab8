import { significant } from "../../gate/verdict.ts";
import type { Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

type Predictions = NonNullable<Report["predictions"]>;

/** The most groups. If there are more different labels, each group is a range of labels. */
const mostGroups = 40;

export interface LabelGroup {
  /** The label, or the middle of a range of labels. */
  readonly at: number;
  readonly rows: number;
  /** The root mean squared error, in the label's unit. */
  readonly candidate: number;
  readonly baseline?: number;
}

/** Computes the error of the rows with each label, from the smallest label to the largest. */
export function errorByLabel({ actual, candidate, baseline }: Predictions): readonly LabelGroup[] {
  const [least, most] = [Math.min(...actual), Math.max(...actual)];
  const width = new Set(actual).size <= mostGroups ? 0 : (most - least) / mostGroups;
  const groupOf = (value: number) =>
    width === 0 ? value : least + width * (Math.min(Math.floor((value - least) / width), mostGroups - 1) + 0.5);
  const groups = new Map<number, { rows: number; candidate: number; baseline: number }>();
  for (const [index, value] of actual.entries()) {
    const at = groupOf(value);
    const group = groups.get(at) ?? { rows: 0, candidate: 0, baseline: 0 };
    group.rows += 1;
    group.candidate += (value - (candidate[index] ?? value)) ** 2;
    group.baseline += (value - (baseline?.[index] ?? value)) ** 2;
    groups.set(at, group);
  }
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([at, group]) => ({
      at,
      rows: group.rows,
      candidate: Math.sqrt(group.candidate / group.rows),
      ...(baseline === undefined ? {} : { baseline: Math.sqrt(group.baseline / group.rows) }),
    }));
}

/** Draws the error by label: the candidate as circles on a solid line, the baseline as diamonds on a dashed line. */
export function errorByLabelPlot(predictions: Predictions): Plot {
  const groups = errorByLabel(predictions);
  const { label, baseline } = predictions;
  const worst = groups.reduce((one, other) => (other.candidate > one.candidate ? other : one));
  const series = [
    { field: "candidate", shape: "circle", filled: true, colour: colours.candidate, strokeDash: [1, 0], y: 6 },
    ...(baseline === undefined
      ? []
      : [{ field: "baseline", shape: "diamond", filled: false, colour: colours.baseline, strokeDash: [5, 3], y: 22 }]),
  ];
  return {
    id: "error-by-label",
    title: `Error by ${label}`,
    description:
      `Root of the mean squared error of the test rows with the same ${label}; larger marks are of more rows. ` +
      `The candidate's is largest, ${significant(worst.candidate)}, at ${significant(worst.at)} (${worst.rows === 1 ? "one row" : `${worst.rows} rows`}).`,
    layer: series.flatMap(({ field, shape, filled, colour, strokeDash, y }): object[] => [
      {
        data: { values: groups },
        encoding: {
          x: { field: "at", type: "quantitative", title: label, scale: { zero: false } },
          y: { field, type: "quantitative", title: "root mean squared error" },
        },
        layer: [
          { mark: { type: "line", strokeDash, color: colour, strokeWidth: 1.5 } },
          {
            mark: { type: "point", shape, filled, strokeWidth: 1, color: colour, opacity: 1 },
            encoding: {
              size: {
                field: "rows",
                type: "quantitative",
                scale: { range: filled ? [15, 80] : [40, 160] },
                legend: null,
              },
            },
          },
        ],
      },
      {
        data: { values: [{ name: `${shape === "circle" ? "\u25cf \u2014" : "\u25c7 - -"} ${field}` }] },
        mark: { type: "text", align: "left", x: 8, y, color: colour },
        encoding: { text: { field: "name" } },
      },
    ]),
  };
}
