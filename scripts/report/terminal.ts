import { styleText } from "node:util";
import { thresholdsText } from "../gate/thresholds.ts";
import { significant } from "../gate/verdict.ts";
import type { Report } from "./report.ts";

const titles = {
  pass: ["green", "PASS"],
  unchanged: ["green", "UNCHANGED"],
  inconclusive: ["yellow", "INCONCLUSIVE"],
  regression: ["red", "REGRESSION"],
  error: ["red", "ERROR"],
} as const;

function numbers({ metric, ceiling, thresholds, candidate, baseline, comparison, test }: Report): readonly string[] {
  if (candidate === undefined) return [];
  const rows: readonly (readonly [string, string])[] = [
    [`candidate ${metric}`, significant(candidate.value)],
    ...(baseline === undefined ? [] : ([[`baseline ${metric}`, significant(baseline.value)]] as const)),
    ...(comparison === undefined
      ? []
      : ([
          [
            "difference",
            `${significant(comparison.mean)}  (${significant(comparison.lower)} .. ${significant(comparison.upper)})`,
          ],
          ["margin", significant(comparison.margin)],
        ] as const)),
    ...(ceiling === undefined ? [] : ([["ceiling", significant(ceiling)]] as const)),
    ...(thresholds === undefined ? [] : ([["thresholds", thresholdsText(thresholds)]] as const)),
    ...(test === undefined ? [] : ([["test rows", String(test.rows)]] as const)),
    ...(candidate.action === undefined ? [] : ([["registered model", candidate.action]] as const)),
  ];
  return rows.map(([label, value]) => `  ${label.padEnd(18)} ${value}`);
}

/** The report for a terminal. Colours only where `colours` says that they are seen. */
export function terminalReport(report: Report, colours: boolean): string {
  const [colour, title] = titles[report.verdict];
  const heading = colours ? styleText(["bold", colour], title) : title;
  const pipeline = report.pipeline === undefined ? "" : `  ${report.pipeline}`;
  return ["", `${heading}${pipeline}`, ...report.reasons.map((line) => `  ${line}`), ...numbers(report)].join("\n");
}
