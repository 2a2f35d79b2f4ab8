import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The time between two looks at the files, in milliseconds. A save has ended when two looks see the same. */
const interval = 300;

/** Matches what is no source: caches of Python, hidden files, and the temporary files of editors. */
const ignored = /^(__pycache__|\..*|.*~|#.*#)$/;

/** Returns a text that changes with each save of a file. A file or folder that is gone counts as empty. */
function fingerprint(path: string): string {
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) return `${path} ${stats.mtimeMs} ${stats.size}\n`;
    const names = readdirSync(path).filter((name) => !ignored.test(name));
    return names.map((name) => fingerprint(join(path, name))).join("");
  } catch {
    return "";
  }
}

/**
 * Does work now and again after each save of a file, until the signal is aborted. A save during the work counts, too. It looks
 * at the files at intervals, because events of the file system are missing on some systems and networks.
 *
 * @param paths files, and folders with their subfolders
 * @param work ends normally even if what it does fails
 * @throws the reason of the signal, or an error of the work
 */
export async function repeatAfterSaves(
  paths: readonly string[],
  work: () => Promise<void>,
  signal: AbortSignal,
): Promise<never> {
  const look = () => paths.map(fingerprint).join("");
  const pause = () => sleep(interval, undefined, { signal }).catch(() => signal.throwIfAborted());
  for (let now = look(); ; ) {
    await work();
    const before = now;
    do {
      now = look();
      await pause();
    } while (now === before || now !== look());
  }
}
