import type { Report } from "./content/report.ts";
import { markdownReport } from "./markdown.ts";
import { reportPage } from "./page/page.ts";
import type { Figure } from "./plots/figure.ts";
import { writeFiles } from "./report-files.mjs";

/** Renders JSON with one key per line, but puts each list of numbers on one line. Texts contain no unescaped line breaks. */
export function reportJson(report: Report): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replaceAll(/\[\n[-\d.eE+,\s]+\]/g, (numbers) => numbers.replaceAll(/\s+/g, "").replaceAll(",", ", "))}\n`;
}

/**
 * Writes every form of a report into a folder.
 *
 * @param figures the pictures, if they were drawn in time
 * @returns the path of the page
 */
export function writeReport(folder: string, report: Report, figures: readonly Figure[] = []): string {
  return writeFiles(folder, {
    json: reportJson(report),
    markdown: markdownReport(report),
    page: reportPage(report, figures),
  });
}
