import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolder } from "./build-folder.ts";
import { findPython, type Python } from "./find-python.ts";
import { installError, run } from "./run.ts";
import { installUv } from "./uv.ts";

/** `xgboost`: what jobs run in, the packages of AWS's XGBoost image. `moto`: what the endpoint forwards to. */
export type EnvironmentName = "xgboost" | "moto";

export interface EnvironmentOptions {
  /** Where environments are kept. */
  readonly folder: string;
  /** The pinned packages with their hashes, where they are not beside this file. */
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
  return fileURLToPath(new URL(`${name}.txt`, import.meta.url));
}

/** An environment's folder says what is in it, so that it is made anew when that changes and found again afterwards. */
async function environmentFolder(name: string, requirements: string, folder: string, python: Python): Promise<string> {
  const hash = createHash("sha256")
    .update(await readFile(requirements))
    .update(python.executable)
    .digest("hex");
  return join(folder, `${name}-py${python.version}-${hash.slice(0, 12)}`);
}

/**
 * A virtual environment with exactly the pinned packages, checked by their hashes; made if there is none, else found in
 * milliseconds.
 *
 * @throws LocalError ("python-missing", "no-network", "disk-full" or "environment") with one line for the user
 */
export async function pythonEnvironment(
  name: EnvironmentName | (string & {}),
  { folder, requirements = requirementsFile(name), log, signal }: EnvironmentOptions,
): Promise<PythonEnvironment> {
  const python = await findPython(signal);
  const home = await environmentFolder(name, requirements, folder, python);
  const environment = { folder: home, python: join(home, "bin", "python") };
  const present = existsSync(home);
  if (existsSync(environment.python)) return environment;
  // It was moved here whole, so something has damaged it since.
  if (present) await rm(home, { recursive: true, force: true });

  log?.(`Making the Python environment "${name}" (once) ...`);
  const { executable: uv, env } = await installUv(python, folder, signal);
  await buildFolder(home, async (place) => {
    for (const args of [
      // Relocatable, as it is moved once it is whole.
      ["venv", "--quiet", "--relocatable", "--python", python.executable, place],
      ["pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python", place, requirements],
    ]) {
      const ran = await run(uv, args, { env, signal });
      if (ran.code !== 0) throw installError(`Making the Python environment "${name}"`, ran);
    }
    return { result: place };
  });
  return environment;
}
