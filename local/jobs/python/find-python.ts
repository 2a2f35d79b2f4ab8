import { LocalError } from "../../wire/local-error.ts";
import { run } from "./run.ts";

export interface Python {
  readonly executable: string;
  /** Such as `3.11`. */
  readonly version: string;
}

/** Versions for which all pinned packages have wheels. */
const supported = ["3.13", "3.12", "3.11"];

const question = "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sep='\\n')";
/** The answer, among what a shim may have to say besides. */
const answer = /^(?<executable>.+)\n(?<version>\d+\.\d+)$/m;

let found: Promise<Python> | undefined;

/** {@link searchPython}, once in a process: asking a Python for its version takes a while where it is behind a shim. */
export function findPython(signal?: AbortSignal): Promise<Python> {
  found ??= searchPython(signal);
  return found;
}

/**
 * A Python that the pinned packages have wheels for: the one that the variable PYTHON names, else the first on PATH.
 *
 * @throws LocalError ("python-missing") with one line: what was found, what to install
 */
async function searchPython(signal?: AbortSignal): Promise<Python> {
  const own = process.env["PYTHON"];
  const candidates = own ? [own] : [...supported.map((version) => `python${version}`), "python3", "python"];
  const others = new Set<string>();
  for (const candidate of candidates) {
    const { code, output } = await run(candidate, ["-c", question], { signal });
    const { executable = "", version = "" } = answer.exec(output)?.groups ?? {};
    if (code !== 0 || version === "") continue;
    if (supported.includes(version)) return { executable, version };
    others.add(`${candidate} is ${version}`);
  }
  const what = others.size === 0 ? `${own ?? "Python"} was not found` : [...others].join(", ");
  throw new LocalError(
    "python-missing",
    `Python 3.11, 3.12 or 3.13 is needed, but ${what}: install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name it in the variable PYTHON.`,
  );
}
