import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process and when it started: a number that was given to another process since does not match. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since boot on Linux (with the boot's id), `ps`'s text elsewhere; only ever compared. */
  readonly started: string;
}

/** The identity of a running process; undefined when there is none, or only its zombie. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const started = existsSync("/proc/self/stat") ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return processIdentity(identity.pid)?.started === identity.started;
}

/** The identity that a file holds; undefined for one that is empty, torn or not there. */
export function readIdentity(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function startedOnLinux(pid: number): string | undefined {
  try {
    // proc(5): the command, in parentheses, may hold spaces and parentheses; state is field 3, start time field 22.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z") return undefined;
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

function startedElsewhere(pid: number): string | undefined {
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
    return text === "" ? undefined : text;
  } catch {
    return undefined;
  }
}
