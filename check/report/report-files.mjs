// Where a report is. Plain JavaScript without dependencies, as the launcher needs it before anything is installed.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

/** The files of a report; the page is the one for people. */
export const reportFiles = { json: "report.json", markdown: "report.md", page: "report.html" };

const defaultFolder = ".local/report";

/** The folder that `--report` names, also on a command line with mistakes, whose report says so. */
export function reportFolder(args) {
  const { values } = parseArgs({ args: [...args], options: { report: { type: "string" } }, strict: false });
  return typeof values["report"] === "string" && values["report"] !== "" ? values["report"] : defaultFolder;
}

/**
 * An earlier check's report is not taken for this one's, even if this one is killed.
 *
 * @returns what is wrong with the folder, if it is none
 */
export function forgetEarlier(folder) {
  try {
    for (const file of Object.values(reportFiles)) rmSync(join(folder, file), { force: true });
    return undefined;
  } catch (error) {
    const { code = "" } = error;
    // A disk without room, or without the right to write, is said where the report would be.
    if (!["ENOTDIR", "ERR_FS_EISDIR", "EISDIR"].includes(code)) return undefined;
    return `--report ${relative(process.cwd(), folder)} is no folder for a report (${code}): give another one.`;
  }
}

/** Whole or not at all. Not awaited, since it also happens while the process ends. */
function writeWhole(path, text) {
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
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes every form of a report into a folder.
 *
 * @returns the path of the page
 */
export function writeFiles(folder, forms) {
  makeFolder(resolve(folder));
  writeWhole(join(folder, reportFiles.json), forms.json);
  writeWhole(join(folder, reportFiles.markdown), forms.markdown);
  writeWhole(join(folder, reportFiles.page), forms.page);
  return join(folder, reportFiles.page);
}
