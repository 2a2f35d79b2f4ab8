import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder } from "./build-folder.ts";
import { findPython, type Python } from "./find-python.ts";
import { installUv } from "./install-uv.ts";
import { installError, runProgram } from "./run-program.ts";

export interface EnvironmentOptions {
  /** The folder of all environments. */
  readonly folder: string;
  /** The file of pinned packages with their hashes, if it is not in the folder `packages`. */
  readonly requirements?: string;
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface PythonEnvironment {
  /** The environment's Python. */
  readonly python: string;
  readonly folder: string;
}

function requirementsFile(name: string): string {
  return fileURLToPath(new URL(`packages/${name}.txt`, import.meta.url));
}

/** Returns an environment's folder. Its name has a hash of the packages and the Python, so that a change creates a new folder. */
async function environmentFolder(name: string, requirements: string, folder: string, python: Python): Promise<string> {
  const hash = createHash("sha256")
    .update(await readFile(requirements))
    .update(python.executable)
    .digest("hex");
  return join(folder, `${name}-py${python.version}-${hash.slice(0, 12)}`);
}

/** Returns the path of an environment's packages, such as `lib/python3.11/site-packages`, or undefined if it has none. */
export function sitePackages(environment: string): string | undefined {
  const lib = join(environment, "lib");
  const version = existsSync(lib) ? readdirSync(lib).find((name) => /^python3\.\d+$/.test(name)) : undefined;
  return version === undefined ? undefined : join("lib", version, "site-packages");
}

/**
 * Returns a virtual environment with exactly the pinned packages, whose hashes are checked. Installs it if it does not exist;
 * otherwise this takes milliseconds.
 *
 * @throws LocalError "python-missing", "no-network", "disk-full" or "environment"
 */
export async function pythonEnvironment(
  name: string,
  { folder, requirements = requirementsFile(name), log, signal }: EnvironmentOptions,
): Promise<PythonEnvironment> {
  const python = await findPython(signal);
  const home = await environmentFolder(name, requirements, folder, python);
  const environment = { folder: home, python: join(home, "bin", "python") };
  const present = existsSync(home);
  if (existsSync(environment.python)) return environment;
  // The folder was complete when it was created, so it was damaged later.
  if (present) await rm(home, { recursive: true, force: true });

  log?.(`Making the Python environment "${name}" (once) ...`);
  const { executable: uv, env } = await installUv(python, folder, signal);
  await buildFolder(home, async (place) => {
    for (const args of [
      // Relocatable, because the folder is moved after the installation.
      ["venv", "--quiet", "--relocatable", "--python", python.executable, place],
      [
        "pip",
        "sync",
        "--quiet",
        "--only-binary",
        ":all:",
        "--require-hashes",
        "--compile-bytecode",
        "--python",
        place,
        requirements,
      ],
    ]) {
      const ran = await runProgram(uv, args, { env, signal });
      if (ran.code !== 0) throw installError(`Making the Python environment "${name}"`, ran);
    }
    return { result: place };
  });
  return environment;
}
