import { significant } from "../../gate/verdict.ts";
import type { Report } from "../report.ts";
import { colours, type Plot } from "./plot.ts";

type Training = NonNullable<Report["training"]>;

const looks = [
  { colour: colours.candidate, strokeDash: [1, 0] },
  { colour: colours.baseline, strokeDash: [6, 3] },
  { colour: colours.text, strokeDash: [2, 2] },
];

function sentence({ rounds, values, name }: { rounds: readonly number[]; values: readonly number[]; name: string }) {
  const least = Math.min(...values);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  return `${name} goes from ${significant(first)} to ${significant(last)}; it is least, ${significant(least)}, in round ${rounds[values.indexOf(least)]}.`;
}

/** What the training job said of each round; every curve has its own dashes and its name at its end. */
export function trainingCurvePlot({ rounds, curves }: Training): Plot {
  // The upper of two curves has its name above its end, the lower one below.
  const byEnd = [...curves].sort((one, other) => (other.values.at(-1) ?? 0) - (one.values.at(-1) ?? 0));
  return {
    id: "training-curve",
    title: "Training curve",
    description: `${rounds.length} rounds of training. ${curves.map(({ name, values }) => sentence({ rounds, values, name })).join(" ")}`,
    layer: curves.flatMap((curve, index): object[] => {
      const { colour, strokeDash } = looks[index % looks.length] ?? { colour: colours.text, strokeDash: [1, 0] };
      const values = rounds.map((round, at) => ({ round, value: curve.values[at], name: curve.name }));
      const above = byEnd.indexOf(curve) < curves.length / 2;
      const encoding = {
        x: { field: "round", type: "quantitative", title: "round", scale: { nice: false } },
        y: { field: "value", type: "quantitative", title: "metric" },
      };
      return [
        { data: { values }, mark: { type: "line", strokeDash, color: colour, strokeWidth: 2 }, encoding },
        {
          data: { values: values.slice(-1) },
          mark: { type: "text", align: "right", baseline: above ? "bottom" : "top", dy: above ? -6 : 6, color: colour },
          encoding: { ...encoding, text: { field: "name" } },
        },
      ];
    }),
  };
}
