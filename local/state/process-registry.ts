import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hasCode } from "../wire/local-error.ts";
import { writeAtomically } from "./atomic-file.ts";
import { isRunning, processIdentity, readIdentity } from "./process-identity.ts";

/** The job processes that an endpoint has started, on the disk, so that the next one can end what a dead one left. */
export class ProcessRegistry {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** `pid` leads its own process group. */
  add(pid: number): void {
    const identity = processIdentity(pid);
    if (identity !== undefined) writeAtomically(this.#path(pid), JSON.stringify(identity));
  }

  remove(pid: number): void {
    rmSync(this.#path(pid), { force: true });
  }

  /** Ends every registered process group whose leader is still the process that was registered. Returns how many. */
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

/** Signals a process group; one that is gone already is no error. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!hasCode(error, "ESRCH")) throw error;
  }
}
