import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const building = /\.building-(\d+)-/;

/** Removes what was left by processes that were killed while they built. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    const pid = Number(building.exec(entry)?.[1] ?? 0);
    if (pid > 0 && !existsSync(`/proc/${pid}`)) await rm(join(folder, entry), { recursive: true, force: true });
  }
}

/**
 * Makes a folder that is there whole or not at all, also after a kill, and when two processes make it at once: `build`
 * works in a place beside it, and what is left in `result` below that place is moved there at the end.
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
      // Somebody else was faster.
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
