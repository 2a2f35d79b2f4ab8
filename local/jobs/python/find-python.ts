import { LocalError } from "../../wire/local-error.ts";
import { runProgram } from "./run-program.ts";

/** A Python of a supported version. */
export interface Python {
  readonly executable: string;
  /** Such as `3.11`. */
  readonly version: string;
}

/** The versions for which all pinned packages have wheels. */
const supported = ["3.13", "3.12", "3.11"];

const question = "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sep='\\n')";
/** Matches the answer to the question, also among other output, because a shim such as pyenv's may print more. */
const answer = /^(?<executable>.+)\n(?<version>\d+\.\d+)$/m;

let python: Promise<Python> | undefined;

/** Finds a Python like {@link searchPython}, but only once in a process, because starting a Python behind a shim is slow. */
export function findPython(signal?: AbortSignal): Promise<Python> {
  python ??= searchPython(signal);
  return python;
}

/**
 * Searches a Python of a supported version: the one that the variable PYTHON names or, without it, the first on PATH.
 *
 * @throws LocalError "python-missing" that says which Pythons exist and what to install
 */
async function searchPython(signal?: AbortSignal): Promise<Python> {
  const own = process.env["PYTHON"];
  const candidates = own ? [own] : [...supported.map((version) => `python${version}`), "python3", "python"];
  const others = new Set<string>();
  for (const candidate of candidates) {
    const { code, output } = await runProgram(candidate, ["-c", question], { signal });
    const { executable = "", version = "" } = answer.exec(output)?.groups ?? {};
    if (code !== 0 || version === "") continue;
    if (supported.includes(version)) return { executable, version };
    others.add(`${candidate} is ${version}`);
  }
  const what = others.size === 0 ? `${own ?? "Python"} was not found` : [...others].join(", ");
  throw new LocalError(
    "python-missing",
    `Python 3.11, 3.12 or 3.13 is needed, but ${what}: install one (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python@3.13), or name it in the variable PYTHON.`,
  );
}
