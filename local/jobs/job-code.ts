import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { JobFolder } from "./process/job-folder.ts";

/** The folders in which SageMaker's clients put a job's code. */
const codeFolders = ["/opt/ml/code", "/opt/ml/processing/input/code", "/opt/ml/model/code"];

const longestArchive = 20_000_000;
const longestFile = 1_000_000;
const mostFiles = 1000;

function textOf(file: string): string {
  const isArchive = file.endsWith(".tar.gz");
  if (statSync(file).size > (isArchive ? longestArchive : longestFile)) return "";
  const content = readFileSync(file);
  // An unpacked tar archive has its files' texts unchanged.
  return isArchive
    ? gunzipSync(content, { maxOutputLength: 5 * longestArchive }).toString("latin1")
    : content.toString();
}

/** Returns the texts of the scripts and source archives in a folder and its subfolders. */
function textsIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(py|sh|tar\.gz)$|(^|\/)requirements\.txt$/.test(name))
      .slice(0, mostFiles)
      .map((name) => textOf(join(folder, name)));
  } catch {
    return [];
  }
}

/**
 * Returns the text of a job's command and of its code, in which the endpoint searches the names of packages. Code that the job
 * itself downloads is not part of it.
 */
export function jobCode(command: readonly string[], folder: JobFolder): string {
  const scripts = command.filter((word) => /^\/opt\/ml\/.*\.(py|sh)$/.test(word)).map((word) => dirname(word));
  const folders = new Set([...scripts, ...codeFolders].map((path) => folder.local(path)));
  return [...command, ...[...folders].flatMap(textsIn)].join("\n");
}
