import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Shows the folder $1 as /opt/ml to the rest of the command and to nothing else. Where there is no /opt/ml to mount on
 * and none can be made, the folder $2 becomes /opt, with what /opt holds bound into it. The shell's own variables are no
 * part of a job's environment.
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
 * With processes of its own, the shell stays as the first, which ends with the job, and everything with it; what it says of
 * the job's end is no part of the job's output. It is not the job itself, since the first ignores signals like SIGTERM.
 */
const job = {
  ownProcesses: `exec 3>&2 2>/dev/null
( exec "$@" 2>&3 3>&- )
exit $?`,
  sharedProcesses: `exec "$@"`,
};

/** A command that runs another one with a folder as its /opt/ml. */
export interface MountNamespace {
  (folder: string, command: readonly string[]): readonly string[];
  /** Whether it has its own process ids, too: nothing that the command starts outlives it, as in a container. */
  readonly ownProcesses: boolean;
}

/**
 * Whether this system lets an ordinary process have its own /opt/ml, and its own process ids; found out by trying, because a
 * kernel setting, an AppArmor profile or a container may forbid it. Undefined where it does not.
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
