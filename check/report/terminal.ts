import { styleText } from "node:util";
import { type Fact, numbers, verdictTitles } from "./content/facts.ts";
import type { Report } from "./content/report.ts";

const colourOf = { good: "green", open: "yellow", bad: "red" } as const;

/** The usual width of the labels. A longer label, as of a metric with a long name, moves the values to the right. */
const leastWidth = 18;

/** Formats facts as lines. Their values start in the same column as the report's numbers. */
function lines(report: Report, facts: readonly Fact[]): readonly string[] {
  const width = Math.max(leastWidth, ...numbers(report).map(([label]) => label.length));
  return facts.map(([label, value]) => `  ${label.padEnd(width)} ${value}`);
}

/** Formats the report for a terminal, in colour only if `colours` is true. */
export function terminalReport(report: Report, colours: boolean): string {
  const { title, kind } = verdictTitles[report.verdict];
  const heading = colours ? styleText(["bold", colourOf[kind]], title) : title;
  const pipeline = report.pipeline === undefined ? "" : `  ${report.pipeline}`;
  return [
    "",
    `${heading}${pipeline}`,
    ...report.reasons.map((line) => `  ${line}`),
    ...lines(report, numbers(report)),
  ].join("\n");
}

/** Returns the line with the path of the report's page. */
export function placeLine(report: Report, place: string): string {
  return lines(report, [["report", place]]).join("");
}
