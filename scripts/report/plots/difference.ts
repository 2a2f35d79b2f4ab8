import { significant } from "../../gate/verdict.ts";
import type { Report } from "../report.ts";
import { colours, type Plot } from "./plot.ts";

type Comparison = NonNullable<Report["comparison"]>;

/** The mean paired difference with its bounds, beside zero and the margin. */
export function differencePlot({ mean, lower, upper, margin }: Comparison, metric: string): Plot {
  const lines = [
    { at: 0, name: "no difference", align: "right", dx: -4, level: "top" },
    { at: margin, name: "margin", align: "left", dx: 4, level: "top" },
  ];
  const x = {
    type: "quantitative",
    title: `candidate's ${metric} minus baseline's`,
    scale: { zero: true, nice: true },
  };
  // Room for the words at both ends.
  const reach = Math.max(Math.abs(lower), Math.abs(upper), margin) * 1.4 || 1;
  const domain = { domain: [-reach, reach] };
  return {
    id: "difference",
    title: "Difference to the baseline, on the same rows",
    description:
      `The mean difference is ${significant(mean)}, with one-sided 95 % bounds ${significant(lower)} and ` +
      `${significant(upper)}. Up to the margin, ${significant(margin)}, the candidate is as good as the baseline.`,
    height: 130,
    layer: lines
      .map(({ at, name, align, dx }, index): object => ({
        data: { values: [{ at, name }] },
        encoding: { x: { ...x, field: "at", scale: domain } },
        layer: [
          { mark: { type: "rule", strokeDash: index === 0 ? [1, 0] : [5, 3] } },
          { mark: { type: "text", align, dx, y: 8 }, encoding: { text: { field: "name" } } },
        ],
      }))
      .concat([
        {
          data: { values: [{ mean, lower, upper }] },
          layer: [
            {
              mark: { type: "rule", strokeWidth: 3, color: colours.candidate, y: 50 },
              encoding: { x: { ...x, field: "lower", scale: domain }, x2: { field: "upper" } },
            },
            {
              mark: { type: "point", filled: true, size: 120, color: colours.candidate, opacity: 1, y: 50 },
              encoding: { x: { ...x, field: "mean", scale: domain } },
            },
          ],
        },
      ]),
  };
}
