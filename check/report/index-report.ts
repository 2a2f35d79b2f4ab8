import { verdictTitles } from "./content/facts.ts";
import { codeSpan, prose, table } from "./content/markdown-text.ts";
import { metricText } from "./content/metric-text.ts";
import type { Report } from "./content/report.ts";
import { pageFrame } from "./page/page-frame.mjs";
import { style } from "./page/style.ts";
import { type Html, html } from "./plots/html.ts";
import { reportFiles } from "./report-files.mjs";

/** A pipeline's entry in the index of several reports. */
export interface IndexEntry {
  /** The folder of its report, below the folder of the index. */
  readonly folder: string;
  /** Absent while its check is not finished. */
  readonly report?: Report | undefined;
}

const unfinished = { title: "NOT FINISHED", kind: "open" } as const;

function verdictOf({ report }: IndexEntry) {
  return report === undefined ? unfinished : verdictTitles[report.verdict];
}

function summary({ report }: IndexEntry): string {
  return report === undefined ? "" : metricText(report);
}

function section(entry: IndexEntry): Html {
  const { folder, report } = entry;
  const { title, kind } = verdictOf(entry);
  const address = `${encodeURIComponent(folder)}/${reportFiles.page}`;
  const name = report === undefined ? html`${folder}` : html`<a href="${address}">${folder}</a>`;
  return html`<section>
<h2><span class="verdict ${kind}">${title}</span> ${name}</h2>
<p>${summary(entry)}</p>
<p>${report?.reasons[0] ?? ""}</p>
</section>
`;
}

/** Formats the index of several reports as a page that links each of them. It follows the rules of a report's page. */
export function indexPage(entries: readonly IndexEntry[]): string {
  const title = `Stack check of ${entries.length} pipelines`;
  return pageFrame(title, html`<h1>${title}</h1>\n${entries.map(section)}`.text, style);
}

/** Formats the index as Markdown. The reports themselves follow it in the job summary on GitHub, so it has no links. */
export function indexMarkdown(entries: readonly IndexEntry[]): string {
  const rows = entries.map((entry) => [codeSpan(entry.folder), verdictOf(entry).title, prose(summary(entry))]);
  return `## Stack check of ${entries.length} pipelines\n\n${table(["pipeline", "verdict", "metric"], rows)}\n`;
}

/** Formats the index for a terminal: a line for each pipeline, and one with the path of the page. */
export function indexText(entries: readonly IndexEntry[], place: string): string {
  const label = "report";
  const width = Math.max(label.length, ...entries.map(({ folder }) => folder.length));
  const line = (...cells: readonly string[]) => `  ${cells.join("  ")}`.trimEnd();
  const lines = entries.map((entry) =>
    line(entry.folder.padEnd(width), verdictOf(entry).title.padEnd(unfinished.title.length), summary(entry)),
  );
  return [...lines, line(label.padEnd(width), place)].join("\n");
}
