import { limitName, significant } from "../../gate/verdict.ts";
import type { RegisteredModel, Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

interface Line {
  readonly at: number;
  readonly name: string;
  readonly strokeDash: readonly number[];
}

/** The mark of each approval status, and its entry in the picture's key. */
const looks: readonly { readonly approval: string; readonly shape: string; readonly key: string }[] = [
  { approval: "Approved", shape: "circle", key: "\u25cf approved" },
  { approval: "PendingManualApproval", shape: "triangle-up", key: "\u25b2 pending" },
  { approval: "Rejected", shape: "cross", key: "\u271a rejected" },
];

function measured(models: readonly RegisteredModel[] | undefined) {
  return (models ?? []).flatMap(({ version, approval, value }) =>
    value === undefined ? [] : [{ version, approval, value }],
  );
}

function linesOf({ direction = "lower", ceiling, baseline, best }: Report): readonly Line[] {
  const line = (name: string, at: number | undefined, strokeDash: readonly number[]): readonly Line[] =>
    at === undefined ? [] : [{ at, name: `${name} ${significant(at)}`, strokeDash }];
  return [
    ...line(limitName(direction), ceiling, [8, 4]),
    ...line("baseline", baseline?.value, [2, 3]),
    ...line("best approved", best?.value, [8, 3, 2, 3]),
  ];
}

/**
 * Sorts the lines from top to bottom, and puts each name on the side of its line with more room. The order depends on the
 * values and on the metric's direction.
 */
function withSides(lines: readonly Line[]): readonly (Line & { readonly isBelow: boolean })[] {
  const sorted = lines.toSorted((one, other) => other.at - one.at);
  return sorted.map((line, index) => {
    const above = (sorted[index - 1]?.at ?? Number.POSITIVE_INFINITY) - line.at;
    const below = line.at - (sorted[index + 1]?.at ?? Number.NEGATIVE_INFINITY);
    return { ...line, isBelow: below > above };
  });
}

/** Draws the metric of the group's models by version, with the ceiling and the approved models; undefined if no model has a value. */
export function modelHistoryPlot(report: Report): readonly Plot[] {
  const { models, metric = "metric" } = report;
  const values = measured(models);
  const newest = values.at(-1);
  if (newest === undefined) return [];
  const x = {
    field: "version",
    type: "quantitative",
    title: "model version",
    axis: { tickMinStep: 1, format: "d" },
    scale: { zero: false, padding: 14, nice: false },
  };
  const y = { type: "quantitative", title: metric, scale: { zero: false, padding: 18 } };
  const lines = linesOf(report);
  const names = (edge: object) =>
    withSides(lines).map(({ at, name, isBelow }): object => ({
      data: { values: [{ at, name }] },
      encoding: { y: { ...y, field: "at" }, text: { field: "name" } },
      mark: {
        ...{ type: "text", align: "center", x: { expr: "width / 2" }, ...edge },
        ...(isBelow ? { baseline: "top", dy: 3 } : { baseline: "bottom", dy: -3 }),
      },
    }));
  const used = looks.filter(({ approval }) => values.some((one) => one.approval === approval));
  return [
    {
      id: "model-history",
      title: `${metric} of the group's models`,
      description:
        `${values.length} models, each on its own test rows; the newest, version ${newest.version}, has ${significant(newest.value)}.` +
        lines.map(({ name }) => ` The ${name} is a line.`).join(""),
      layer: [
        ...lines.map(({ at, strokeDash }): object => ({
          data: { values: [{ at }] },
          mark: { type: "rule", strokeDash, strokeWidth: 1.5 },
          encoding: { y: { ...y, field: "at" } },
        })),
        {
          data: { values },
          mark: { type: "line", color: colours.candidate, strokeWidth: 1, opacity: 0.6 },
          encoding: { x, y: { ...y, field: "value" } },
        },
        // An edge in the background colour keeps lines from crossing the letters. The points of the models come on top of it.
        ...names({ stroke: "var(--ground)", strokeWidth: 4 }),
        {
          data: { values },
          mark: { type: "point", filled: true, size: 70, color: colours.candidate, opacity: 1 },
          encoding: {
            x,
            y: { ...y, field: "value" },
            shape: {
              field: "approval",
              scale: { domain: looks.map(({ approval }) => approval), range: looks.map(({ shape }) => shape) },
              legend: null,
            },
          },
        },
        ...names({}),
        {
          data: { values: [{ key: used.map(({ key }) => key).join("   ") }] },
          mark: { type: "text", align: "right", x: "width", y: -8 },
          encoding: { text: { field: "key" } },
        },
      ],
    },
  ];
}
