import { numbers, verdictTitles, whereabouts } from "./content/facts.ts";
import { codeBlock, codeSpan, prose, table } from "./content/markdown-text.ts";
import type { Report } from "./content/report.ts";
import { stepColumns, stepRows } from "./content/step-table.ts";
import { executionChart } from "./execution-chart.ts";

/** The most characters of an error. A job summary on GitHub takes 1 MiB in all. */
const longestBlock = 50_000;

/** Formats the sentences of a verdict as a list, and an error, which may quote a log, as a code block. */
function reasons({ verdict, reasons: lines }: Report): string {
  if (verdict !== "error") return lines.map((line) => `- ${prose(line)}`).join("\n");
  return codeBlock("text", lines.join("\n").slice(0, longestBlock));
}

function steps(report: Report): readonly string[] {
  const rows = stepRows(report, { withReasons: false }).map(([name, outcome]) => [codeSpan(name), prose(outcome)]);
  return rows.length === 0 ? [] : [table(stepColumns, rows)];
}

/**
 * Formats the report as Markdown for the job summary on GitHub. Escapes everything that it quotes.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
export function markdownReport(report: Report): string {
  const name = report.pipeline === undefined ? "" : ` ${codeSpan(report.pipeline)}`;
  const facts = numbers(report);
  const chart = executionChart(report);
  const parts = [
    `## Stack check: ${verdictTitles[report.verdict].title}${name}`,
    reasons(report),
    ...(facts.length === 0
      ? []
      : [
          table(
            ["what", "value"],
            facts.map((fact) => fact.map(prose)),
          ),
        ]),
    ...(chart === undefined ? [] : [codeBlock("mermaid", chart)]),
    ...steps(report),
    whereabouts(report)
      .map(([label, value]) => `${label}: ${codeSpan(value)}`)
      .join("<br>\n"),
  ];
  return `${parts.join("\n\n")}\n`;
}
