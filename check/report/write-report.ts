import type { Report } from "./content/report.ts";
import { markdownReport } from "./markdown.ts";
import { reportPage } from "./page/page.ts";
import type { Figure } from "./plots/figure.ts";
import { writeFiles } from "./report-files.mjs";

/** JSON with one key a line, but a column of numbers on one: no text contains a line break that is not escaped. */
export function reportJson(report: Report): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replaceAll(/\[\n[-\d.eE+,\s]+\]/g, (numbers) => numbers.replaceAll(/\s+/g, "").replaceAll(",", ", "))}\n`;
}

/**
 * Writes every form of a report into a folder.
 *
 * @param figures the pictures, where there was time to draw them
 * @returns the path of the page
 */
export function writeReport(folder: string, report: Report, figures: readonly Figure[] = []): string {
  return writeFiles(folder, {
    json: reportJson(report),
    markdown: markdownReport(report),
    page: reportPage(report, figures),
  });
}
