import { significant } from "../../gate/verdict.ts";
import type { Report } from "../content/report.ts";
import { colours, type Plot } from "./plot.ts";

const mostFeatures = 20;

/** Draws the features by the average gain of their splits, the best first. */
export function featureGainPlot(gains: NonNullable<Report["featureGain"]>): Plot {
  const sorted = [...gains].sort((one, other) => other.gain - one.gain);
  const values = sorted.slice(0, mostFeatures).map((one) => ({ ...one, words: significant(one.gain) }));
  const encoding = {
    y: { field: "feature", type: "nominal", title: null, sort: null, axis: { labelLimit: 140, ticks: false } },
    x: { field: "gain", type: "quantitative", title: "average gain of a split" },
  };
  const best = values.slice(0, 3).map(({ feature, words }) => `${feature} (${words})`);
  const more = sorted.length > mostFeatures ? `, the ${mostFeatures} best of ${sorted.length}` : "";
  return {
    id: "feature-gain",
    title: "Feature importance",
    description: `How much the candidate's splits by a feature gain on average${more}. The most: ${best.join(", ")}.`,
    height: Math.max(120, values.length * 22 + 40),
    layer: [
      { data: { values }, mark: { type: "bar", color: colours.candidate }, encoding },
      {
        data: { values },
        mark: { type: "text", align: "left", dx: 4 },
        encoding: { ...encoding, text: { field: "words" } },
      },
    ],
  };
}
