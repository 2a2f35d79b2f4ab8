import { styleText } from "node:util";
import { type Fact, numbers, verdictTitles } from "./content/facts.ts";
import type { Report } from "./content/report.ts";

const colourOf = { good: "green", open: "yellow", bad: "red" } as const;

/** The width of the labels of most reports; only longer ones, as of a metric with a longer name, move the values. */
const leastWidth = 18;

/** Facts of a report as lines, whose values begin in the same column as those of its numbers. */
function lines(report: Report, facts: readonly Fact[]): readonly string[] {
  const width = Math.max(leastWidth, ...numbers(report).map(([label]) => label.length));
  return facts.map(([label, value]) => `  ${label.padEnd(width)} ${value}`);
}

/** The report for a terminal. Colours only where `colours` says that they are seen. */
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

/** Where the page of a report is, as a line below the report. */
export function placeLine(report: Report, place: string): string {
  return lines(report, [["report", place]]).join("");
}
