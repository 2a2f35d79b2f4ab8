import { styleText } from "node:util";
import { numbers, verdictTitles } from "./facts.ts";
import type { Report } from "./report.ts";

const colourOf = { good: "green", open: "yellow", bad: "red" } as const;

/** The report for a terminal. Colours only where `colours` says that they are seen. */
export function terminalReport(report: Report, colours: boolean): string {
  const { title, kind } = verdictTitles[report.verdict];
  const heading = colours ? styleText(["bold", colourOf[kind]], title) : title;
  const pipeline = report.pipeline === undefined ? "" : `  ${report.pipeline}`;
  return [
    "",
    `${heading}${pipeline}`,
    ...report.reasons.map((line) => `  ${line}`),
    ...numbers(report).map(([label, value]) => `  ${label.padEnd(18)} ${value}`),
  ].join("\n");
}
