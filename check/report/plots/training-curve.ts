import { significant } from "../../gate/verdict.ts";
import type { Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

type Training = NonNullable<Report["training"]>;

/** The styles of the curves. A single round is drawn as a point. */
const looks = [
  { color: colours.candidate, strokeDash: [1, 0], shape: "circle" },
  { color: colours.baseline, strokeDash: [6, 3], shape: "diamond" },
  { color: colours.text, strokeDash: [2, 2], shape: "square" },
  { color: colours.candidate, strokeDash: [10, 3, 2, 3], shape: "triangle-up" },
] as const;

type Look = (typeof looks)[number];

/** The height of a line of the key, and the length of a curve's sample in it, in pixels. */
const [keyLine, sample] = [16, 30];

function sentence({ rounds, values, name }: { rounds: readonly number[]; values: readonly number[]; name: string }) {
  const least = Math.min(...values);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return `${name} goes from ${significant(first)} to ${significant(last)}; it is least, ${significant(least)}, in round ${rounds[values.indexOf(least)]}.`;
}

function mark({ color, strokeDash, shape }: Look, isPoint: boolean): object {
  return isPoint
    ? { type: "point", filled: true, size: 60, opacity: 1, color, shape }
    : { type: "line", strokeWidth: 2, color, strokeDash };
}

function curveLayer(rounds: readonly number[], values: readonly number[], look: Look): object {
  return {
    data: { values: rounds.map((round, at) => ({ round, value: values[at] })) },
    mark: mark(look, rounds.length === 1),
    encoding: {
      x: {
        ...{ field: "round", type: "quantitative", title: "round", scale: { nice: false } },
        axis: { tickMinStep: 1, format: "d" },
      },
      y: { field: "value", type: "quantitative", title: "metric" },
    },
  };
}

/** Draws an entry of the key: a sample of the curve and its name. */
function keyLayers(name: string, look: Look, isPoint: boolean, y: number): readonly object[] {
  const piece = isPoint
    ? { mark: mark(look, true), encoding: { x: { value: sample / 2 }, y: { value: y } } }
    : {
        mark: { ...mark(look, false), type: "rule" },
        encoding: { x: { value: 0 }, x2: { value: sample }, y: { value: y }, y2: { value: y } },
      };
  return [
    { data: { values: [{}] }, ...piece },
    {
      data: { values: [{ name }] },
      mark: { type: "text", align: "left", x: sample + 6, y, color: look.color, limit: 240 },
      encoding: { text: { field: "name" } },
    },
  ];
}

/**
 * Draws the metrics of each training round. The names are in a key above the picture, so that no curve crosses them, in the
 * order in which the curves end.
 */
export function trainingCurvePlot({ rounds, curves }: Training): Plot {
  const drawn = curves.map((curve, index) => ({ ...curve, look: looks[index % looks.length] ?? looks[0] }));
  const byEnd = drawn.toSorted((one, other) => (other.values.at(-1) ?? 0) - (one.values.at(-1) ?? 0));
  const isPoint = rounds.length === 1;
  return {
    id: "training-curve",
    title: "Training curve",
    description:
      `${isPoint ? "One round" : `${rounds.length} rounds`} of training. ` +
      curves.map(({ name, values }) => sentence({ rounds, values, name })).join(" "),
    height: 220 + curves.length * keyLine,
    layer: [
      ...drawn.map(({ values, look }) => curveLayer(rounds, values, look)),
      ...byEnd.flatMap(({ name, look }, index) => keyLayers(name, look, isPoint, (index - curves.length) * keyLine)),
    ],
  };
}
