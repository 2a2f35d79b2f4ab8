import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Mounts the folder $1 as /opt/ml for the rest of the command only. If /opt/ml does not exist, the script mounts the folder $2
 * as /opt, with the content of /opt bound into it, because it cannot create /opt/ml. At its end it removes the variables that
 * the shell has added to the job's environment.
 */
const script = `set -e
ml=$1 opt=$2; shift 2
if [ ! -d /opt/ml ]; then
  mkdir -p "$opt/ml"
  for entry in /opt/* /opt/.[!.]*; do
    name=\${entry##*/}
    if [ -L "$entry" ]; then cp -P "$entry" "$opt/$name"
    elif [ -d "$entry" ]; then mkdir -p "$opt/$name"; mount --rbind "$entry" "$opt/$name"
    elif [ -e "$entry" ]; then : > "$opt/$name"; mount --bind "$entry" "$opt/$name"
    fi
  done
  mount --rbind "$ml" "$opt/ml"
  mount --rbind "$opt" /opt
else
  mount --bind "$ml" /opt/ml
fi
unset PWD OLDPWD SHLVL
`;

/**
 * The end of the script, which starts the job. If the job has its own process ids, the shell remains as the namespace's first
 * process. It ends with the job, and all other processes of the namespace end with it. The job cannot be the first process,
 * because that one ignores signals such as SIGTERM. The shell's own messages about the job's end are dropped.
 */
const job = {
  ownProcesses: `exec 3>&2 2>/dev/null
( exec "$@" 2>&3 3>&- )
exit $?`,
  sharedProcesses: `exec "$@"`,
};

/** Wraps a command so that it sees a folder as /opt/ml. */
export interface MountNamespace {
  (folder: string, command: readonly string[]): readonly string[];
  /** Whether the command also has its own process ids. Then its child processes end with it, as in a container. */
  readonly ownProcesses: boolean;
}

/**
 * Returns the way to give a command its own /opt/ml and, if possible, its own process ids. Undefined if this system does not
 * allow the former. It tries both out, because a kernel setting, an AppArmor profile or a container may forbid them.
 */
export async function mountNamespace(): Promise<MountNamespace | undefined> {
  if (process.platform !== "linux") return undefined;
  for (const ownProcesses of [true, false]) {
    const namespace = Object.assign(inNamespace(ownProcesses), { ownProcesses });
    if (await works(namespace)) return namespace;
  }
  return undefined;
}

async function works(namespace: MountNamespace): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "opt-ml-"));
  try {
    mkdirSync(join(folder, "ml"));
    const [program = "", ...rest] = namespace(join(folder, "ml"), ["test", "-d", "/opt/ml"]);
    await promisify(execFile)(program, rest, { timeout: 5000 });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inNamespace(ownProcesses: boolean): (folder: string, command: readonly string[]) => readonly string[] {
  const isolate = ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private"];
  if (ownProcesses) isolate.push("--pid", "--fork", "--kill-child=KILL", "--mount-proc");
  const whole = script + (ownProcesses ? job.ownProcesses : job.sharedProcesses);
  return (folder, command) => [...isolate, "sh", "-c", whole, "sh", folder, `${folder}.opt`, ...command];
}
