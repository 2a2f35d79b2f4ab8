import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasCode } from "../wire/local-error.ts";
import { writeAtomically } from "./atomic-file.ts";
import { isRunning, processIdentity, readIdentity } from "./process-identity.ts";

/** A list on the disk of the endpoint's job processes. If the endpoint is killed, the next one ends them. */
export class ProcessRegistry {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Registers a process. @param pid the leader of a process group */
  add(pid: number): void {
    const identity = processIdentity(pid);
    if (identity !== undefined) writeAtomically(this.#path(pid), JSON.stringify(identity));
  }

  remove(pid: number): void {
    rmSync(this.#path(pid), { force: true });
  }

  /** Kills the registered process groups that still run, and returns their number. */
  endOrphans(): number {
    let ended = 0;
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      const identity = readIdentity(path);
      if (identity !== undefined && isRunning(identity)) {
        killGroup(identity.pid, "SIGKILL");
        ended++;
      }
      rmSync(path, { force: true });
    }
    return ended;
  }

  #path(pid: number): string {
    return join(this.#folder, `${pid}.json`);
  }
}

/** Sends a signal to a process group. Does nothing if the group has already ended. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}
