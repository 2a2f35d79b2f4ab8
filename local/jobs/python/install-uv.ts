import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LocalError } from "../../wire/local-error.ts";
import { buildFolder } from "./build-folder.ts";
import type { Python } from "./find-python.ts";
import { installError, runProgram } from "./run-program.ts";

const requirements = fileURLToPath(new URL("packages/uv.txt", import.meta.url));

/** The pinned version of uv, and the environment variables to run it with. */
export interface Uv {
  readonly executable: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Returns uv's environment variables. With them uv uses the machine's certificates, and the package index that pip would use. */
function uvEnvironment(): NodeJS.ProcessEnv {
  const { PIP_INDEX_URL: index, PIP_EXTRA_INDEX_URL: extra } = process.env;
  return {
    ...(index ? { UV_DEFAULT_INDEX: index } : {}),
    ...(extra ? { UV_INDEX: extra } : {}),
    UV_SYSTEM_CERTS: "1",
    UV_PYTHON_DOWNLOADS: "never",
    UV_NO_CONFIG: "1",
    UV_NO_PROGRESS: "1",
    ...process.env,
  };
}

/**
 * Returns the command of pip: Python's own or, without one, that of a temporary virtual environment. Debian's python3 has
 * neither until python3-venv is installed.
 */
async function pipOf(python: Python, folder: string, signal?: AbortSignal): Promise<readonly [string, ...string[]]> {
  const own = await runProgram(python.executable, ["-m", "pip", "--version"], { signal });
  if (own.code === 0) return [python.executable, "-m", "pip"];
  const made = await runProgram(python.executable, ["-m", "venv", folder], { signal });
  if (made.code === 0) return [join(folder, "bin", "python"), "-m", "pip"];
  throw new LocalError(
    "python-missing",
    `${python.executable} has neither pip nor venv: install them (Debian, Ubuntu: apt-get install python3-venv).`,
  );
}

const made = new Map<string, Promise<Uv>>();

/** Installs uv like {@link makeUv}, but only once for each folder, because several environments may need it at the same time. */
export function installUv(python: Python, folder: string, signal?: AbortSignal): Promise<Uv> {
  const uv = made.get(folder) ?? makeUv(python, folder, signal);
  made.set(folder, uv);
  return uv;
}

/**
 * Installs the pinned uv, whose hash is checked, into a folder, unless it is there already.
 *
 * @throws LocalError "python-missing", "no-network", "disk-full" or "environment"
 */
async function makeUv(python: Python, folder: string, signal?: AbortSignal): Promise<Uv> {
  const version = /^uv==(\S+)/m.exec(await readFile(requirements, "utf8"))?.[1] ?? "unpinned";
  const home = join(folder, `uv-${version}`);
  const uv = { executable: join(home, "bin", "uv"), env: uvEnvironment() };
  if (existsSync(uv.executable)) return uv;
  await buildFolder(home, async (place) => {
    const [command, ...pip] = await pipOf(python, join(place, "pip"), signal);
    const options = [
      "--require-hashes",
      "--no-deps",
      "--only-binary",
      ":all:",
      "--no-input",
      "--disable-pip-version-check",
    ];
    const result = join(place, "uv");
    const args = [...pip, "install", "--quiet", ...options, "--target", result, "--requirement", requirements];
    const ran = await runProgram(command, args, { signal });
    if (ran.code !== 0) throw installError("Installing uv", ran);
    return { result };
  });
  return uv;
}
