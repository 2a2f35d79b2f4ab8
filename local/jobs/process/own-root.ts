import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** What `own_root.py` needs to build a job's root directory. */
export interface RootPlan {
  /** The folder on disk that becomes the root. Files that the job writes outside of its mounts are in it. */
  readonly root: string;
  /** The folder that the job sees as /opt/ml. */
  readonly ml: string;
  /** The whole folder of the job, which it also sees at this path. */
  readonly job: string;
  /** The further paths of the machine that the job sees, read-only. */
  readonly readable: readonly string[];
  /** Whether the job has its own process ids. Then its child processes end with it, as in a container. */
  readonly ownProcesses: boolean;
}

/** Gives jobs a root directory of their own. */
export interface OwnRoot {
  readonly ownProcesses: boolean;
  plan(folders: Pick<RootPlan, "root" | "ml" | "job">, python: UsedPython): RootPlan;
  /** Wraps a command so that it runs in the root of a plan. */
  command(plan: RootPlan, command: readonly string[]): readonly string[];
}

/** The Python of a job, and the folders with its commands, separated as in PATH. */
export interface UsedPython {
  readonly python: string;
  readonly bin: string;
}

const builder = fileURLToPath(new URL("own_root.py", import.meta.url));
/** The programs that the endpoint itself runs in jobs, such as the images' algorithms. */
const ownPrograms = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
/** The variables that name files which a job's programs read. */
const namedFiles = ["SSL_CERT_FILE", "PIP_CERT", "PIP_CONFIG_FILE", "PIP_FIND_LINKS", "LD_LIBRARY_PATH"];

/** Returns the folder of a Python that has a program: a virtual environment or an installation. Undefined for other folders. */
function prefixOf(bin: string): string | undefined {
  const prefix = dirname(bin);
  const lib = join(prefix, "lib");
  const isPython =
    existsSync(join(prefix, "pyvenv.cfg")) ||
    (existsSync(lib) && readdirSync(lib).some((name) => /^python3(\.\d+)?$|^libpython3/.test(name)));
  return isPython ? prefix : undefined;
}

/** Returns the folder of the Python that a virtual environment was made from. Source: https://docs.python.org/3/library/venv.html */
function baseOf(prefix: string): readonly string[] {
  const configuration = join(prefix, "pyvenv.cfg");
  const home = existsSync(configuration)
    ? /^home *= *(.+)$/m.exec(readFileSync(configuration, "utf8"))?.[1]
    : undefined;
  return home === undefined ? [] : [dirname(home), dirname(real(home))];
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Returns the folders that a Python needs: its own, and those of the Pythons that it was made from. */
function foldersOf({ python, bin }: UsedPython): readonly string[] {
  const bins = [...bin.split(delimiter), dirname(python), dirname(real(python))];
  return bins.flatMap((folder) => {
    const prefix = prefixOf(folder);
    return prefix === undefined ? [] : [prefix, ...baseOf(prefix)];
  });
}

/** Drops the paths that are below others, because those are mounted as a whole. */
function outermost(paths: readonly string[]): readonly string[] {
  const all = [...new Set(paths)].sort();
  return all.filter((path) => !all.some((other) => other !== path && path.startsWith(`${other}${sep}`)));
}

function inOwnRoot(python: UsedPython, ownProcesses: boolean, pythons: string | undefined): OwnRoot {
  const files = namedFiles
    .flatMap((name) => (process.env[name] ?? "").split(delimiter))
    .filter((path) => path[0] === "/");
  const common = [
    ...(pythons === undefined ? [] : [pythons, real(pythons)]),
    ...[ownPrograms, dirname(dirname(process.execPath)), ...foldersOf(python), ...files],
  ];
  return {
    ownProcesses,
    plan: (folders, own) => ({ ...folders, readable: outermost([...common, ...foldersOf(own)]), ownProcesses }),
    command: (plan, command) => [python.python, "-I", "-S", builder, JSON.stringify(plan), ...command],
  };
}

async function works(own: OwnRoot, python: UsedPython): Promise<boolean> {
  const job = mkdtempSync(join(tmpdir(), "own-root-"));
  try {
    const ml = join(job, "ml");
    mkdirSync(ml);
    const plan = own.plan({ job, ml, root: join(job, "root") }, python);
    const [program = "", ...rest] = own.command(plan, ["test", "-d", "/opt/ml"]);
    await promisify(execFile)(program, rest, { timeout: 5000 });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(job, { recursive: true, force: true });
  }
}

/**
 * Returns the way to give a job its own root directory and, if possible, its own process ids. Undefined if this system does not
 * allow the former. It tries both out, because a kernel setting, an AppArmor profile or a container may forbid them.
 *
 * @param python the Python that builds the roots
 * @param pythons the folder of the Python environments
 */
export async function ownRoot(python: UsedPython, pythons?: string): Promise<OwnRoot | undefined> {
  if (process.platform !== "linux") return undefined;
  for (const ownProcesses of [true, false]) {
    const own = inOwnRoot(python, ownProcesses, pythons);
    if (await works(own, python)) return own;
  }
  return undefined;
}
