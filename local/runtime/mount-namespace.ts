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
exec "$@"`;

/** A command that runs another one with a folder as its /opt/ml. */
export type MountNamespace = (folder: string, command: readonly string[]) => readonly string[];

/**
 * Whether this system lets an ordinary process have its own /opt/ml; found out by trying, because a kernel setting, an
 * AppArmor profile or a container may forbid it. Undefined where it does not.
 */
export async function mountNamespace(): Promise<MountNamespace | undefined> {
  if (process.platform !== "linux") return undefined;
  const folder = mkdtempSync(join(tmpdir(), "opt-ml-"));
  try {
    mkdirSync(join(folder, "ml"));
    const [program = "", ...rest] = inNamespace(join(folder, "ml"), ["test", "-d", "/opt/ml"]);
    await promisify(execFile)(program, rest, { timeout: 5000 });
    return inNamespace;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inNamespace(folder: string, command: readonly string[]): readonly string[] {
  const isolate = ["unshare", "--user", "--map-root-user", "--mount", "--propagation", "private"];
  return [...isolate, "sh", "-c", script, "sh", folder, `${folder}.opt`, ...command];
}
