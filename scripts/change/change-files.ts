import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ModelChange } from "../../check/change/model-change.ts";
import { modelSection } from "../../check/change/model-section.ts";
import { forgetEarlier } from "../../check/report/report-files.mjs";

const files = { json: "model-change.json", markdown: "model-change.md" } as const;

/** Removes the result of an earlier run, so that nobody mistakes it for this one's. */
export async function forgetEarlierChange(report: string): Promise<void> {
  for (const name of Object.values(files)) await rm(join(report, name), { force: true });
  const folders = await readdir(report, { withFileTypes: true }).catch(() => []);
  for (const folder of folders.filter((entry) => entry.isDirectory()))
    for (const place of [join(report, folder.name, "base"), join(report, folder.name)]) forgetEarlier(place);
}

/** Writes both forms of a change. @returns the path of the Markdown */
export async function writeChange(folder: string, change: ModelChange): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, files.json), `${JSON.stringify(change, null, 2)}\n`);
  await writeFile(join(folder, files.markdown), modelSection(change));
  return join(folder, files.markdown);
}
