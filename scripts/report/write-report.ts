import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { markdownReport } from "./markdown.ts";
import { reportPage } from "./page/page.ts";
import type { Figure } from "./plots/figure.ts";
import type { Report } from "./report.ts";

/** The files of a report; the page is the one for people. */
export const reportFiles = { json: "report.json", markdown: "report.md", page: "report.html" } as const;

/** JSON with one key a line, but a column of numbers on one: no text contains a line break that is not escaped. */
export function reportJson(report: Report): string {
  const text = JSON.stringify(report, null, 2);
  return `${text.replaceAll(/\[\n[-\d.eE+,\s]+\]/g, (numbers) => numbers.replaceAll(/\s+/g, "").replaceAll(",", ", "))}\n`;
}

/** Whole or not at all. Not awaited, since it also happens while the process ends. */
function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.unfinished`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Makes a folder and those above it. Node's own way to do so tries for ever below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes every form of a report into a folder.
 *
 * @param figures the pictures, where there was time to draw them
 * @returns the path of the page
 */
export function writeReport(folder: string, report: Report, figures: readonly Figure[] = []): string {
  makeFolder(resolve(folder));
  writeWhole(join(folder, reportFiles.json), reportJson(report));
  writeWhole(join(folder, reportFiles.markdown), markdownReport(report));
  writeWhole(join(folder, reportFiles.page), reportPage(report, figures));
  return join(folder, reportFiles.page);
}
