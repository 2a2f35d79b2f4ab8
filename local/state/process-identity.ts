import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process's id and start time. The start time tells it from a later process with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** On Linux the boot's id and clock ticks since the boot, elsewhere the text of `ps`. Only compared for equality. */
  readonly started: string;
}

/** Returns the identity of a running process, or undefined if it does not exist or is a zombie. */
export function processIdentity(pid: number): ProcessIdentity | undefined {
  const started = existsSync("/proc/self/stat") ? startedOnLinux(pid) : startedElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return processIdentity(identity.pid)?.started === identity.started;
}

/** Reads an identity from a file. Returns undefined if the file is missing, empty or incomplete. */
export function readIdentity(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

function startedOnLinux(pid: number): string | undefined {
  try {
    // Source: proc(5). Field 2 is the command in parentheses, which can contain spaces and parentheses. Field 3 is the
    // state, field 22 the start time.
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
