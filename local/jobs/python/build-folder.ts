import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const building = /\.building-(\d+)-/;

/** Removes the unfinished folders of processes that were killed. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = Number(building.exec(entry)?.[1] ?? 0);
    if (pid > 0 && !existsSync(`/proc/${pid}`)) await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * Creates a folder atomically, so that it is never incomplete, even if this process is killed or another one creates the same
 * folder. `build` works in a temporary folder beside it, and the folder `result` that it returns is moved into place.
 */
export async function buildFolder(
  folder: string,
  build: (place: string) => Promise<{ readonly result: string }>,
): Promise<void> {
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent);
  const place = join(parent, `${basename(folder)}.building-${process.pid}-${randomUUID().slice(0, 8)}`);
  try {
    const { result } = await build(place);
    await rename(result, folder).catch((error: NodeJS.ErrnoException) => {
      // Another process has created the folder first.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
