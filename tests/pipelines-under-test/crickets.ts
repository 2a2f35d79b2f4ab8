import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";

const folder = "tests/pipelines-under-test/crickets";

/**
 * The pipeline of the tests whose subject is no particular pipeline. A fresh clone has it as its only pipeline, so that these
 * tests do not depend on the folders in `pipelines/`.
 */
export const crickets = {
  /** Relative to the repository. */
  folder,
  data: join(repository, folder, "crickets.csv"),
} as const;

/** Returns an `images.json` that runs the pipeline in moto's Python, whose few packages are imported in a moment. */
export function imagesOfCrickets({ moto }: { readonly moto: string }): string {
  return JSON.stringify([{ image: "sagemaker-xgboost", python: moto }]);
}

/** Writes the data with one more row, so that no step is taken from the step cache. Returns the file's path. */
export function dataWithRow(place: string, temperature: number): string {
  const file = join(place, `more-${temperature}.csv`);
  writeFileSync(file, `${readFileSync(crickets.data, "utf8")}100,${temperature}\n`);
  return file;
}
