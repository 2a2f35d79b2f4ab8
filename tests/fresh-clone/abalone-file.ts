import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FreshClone } from "./fresh-clone.ts";

/** The abalone data in a clone. */
export const abaloneFile = ".local/data/de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f/abalone.csv";

/** Writes the abalone data with one more row, so that no step is taken from the step cache. Returns the file's path. */
export function fileWithRow({ folder }: FreshClone, rings: number): string {
  const file = join(folder, ".local", `more-${rings}.csv`);
  const row = `M,0.455,0.365,0.095,0.514,0.2245,0.101,0.15,${rings}\n`;
  writeFileSync(file, readFileSync(join(folder, abaloneFile), "utf8") + row);
  return file;
}
