import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasCode, LocalError } from "../wire/local-error.ts";
import { diskError } from "./atomic-file.ts";
import { isRunning, type ProcessIdentity, processIdentity, readIdentity } from "./process-identity.ts";

/**
 * Locks a folder for this process. It takes over a lock whose owner no longer runs.
 *
 * @returns a function that removes the lock
 * @throws LocalError `state-in-use` if the lock's owner is running
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lock.json");
  const mine = `${path}.${process.pid}`;
  try {
    writeFileSync(mine, JSON.stringify(processIdentity(process.pid)));
  } catch (error) {
    throw diskError(error, mine);
  }
  try {
    acquire(folder, path, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(path, { force: true });
}

function acquire(folder: string, path: string, mine: string): void {
  for (;;) {
    // link(2) is atomic: it either creates the lock with its content or fails.
    if (linked(mine, path)) return;
    const owner = readIdentity(path);
    if (owner !== undefined && isRunning(owner)) throw inUse(folder, owner);
    const aside = `${mine}.stale`;
    rename(path, aside);
    const taken = readIdentity(aside);
    // If two processes saw the stale lock, the second one may have moved the first one's new lock. It puts that back.
    if (taken !== undefined && isRunning(taken)) linked(aside, path);
    rmSync(aside, { force: true });
  }
}

function inUse(folder: string, owner: ProcessIdentity): LocalError {
  return new LocalError(
    "state-in-use",
    `the state folder ${folder} is used by process ${owner.pid}: wait until it ends, or stop it (kill ${owner.pid})`,
  );
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function rename(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
}
