// This is plain JavaScript, because the launcher needs it before anything is installed.
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

/** The files of a report. People read the page. */
export const reportFiles = { json: "report.json", markdown: "report.md", page: "report.html" };

const defaultFolder = ".local/report";

/** Returns the folder that `--report` names, even if the command line has mistakes, because the report names those. */
export function reportFolder(args) {
  const { values } = parseArgs({ args: [...args], options: { report: { type: "string" } }, strict: false });
  return typeof values["report"] === "string" && values["report"] !== "" ? values["report"] : defaultFolder;
}

/** Returns the folders of the reports below an index. Only an index has a page and no JSON file. */
function indexedFolders(folder) {
  if (!existsSync(join(folder, reportFiles.page)) || existsSync(join(folder, reportFiles.json))) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/**
 * Removes the report of an earlier check, so that nobody mistakes it for this one's, even if this check is killed.
 *
 * @returns the problem, if the path is not a folder
 */
export function forgetEarlier(folder) {
  try {
    const indexed = indexedFolders(folder);
    for (const place of [...indexed, folder])
      for (const file of Object.values(reportFiles)) rmSync(join(place, file), { force: true });
    for (const place of indexed) if (readdirSync(place).length === 0) rmdirSync(place);
    return undefined;
  } catch (error) {
    const { code = "" } = error;
    // Other problems, such as a full disk, show when the report is written.
    if (!["ENOTDIR", "ERR_FS_EISDIR", "EISDIR"].includes(code)) return undefined;
    return `--report ${relative(process.cwd(), folder)} is not a folder for a report (${code}): give another one.`;
  }
}

/** Writes a file completely or not at all. It is synchronous, because it also runs while the process exits. */
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

/** Creates a folder and its parents. Node's recursive mkdir would never end below /proc. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/**
 * Writes the index of several reports into the folder above theirs.
 *
 * @returns the path of the page
 */
export function writeIndex(folder, { markdown, page }) {
  makeFolder(resolve(folder));
  writeWhole(join(folder, reportFiles.markdown), markdown);
  writeWhole(join(folder, reportFiles.page), page);
  return join(folder, reportFiles.page);
}

/**
 * Writes all forms of a report into a folder.
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
