import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface PythonProgram {
  /** The Python executable. */
  readonly python: string;
  /** The program's path, absolute or relative to this file. */
  readonly file: string;
  readonly args?: readonly string[];
  /** The endpoint's URL. */
  readonly url: string;
  /** The program's home and working folder. It contains no AWS configuration or keys of the user. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a Python program with only the variables that docs/local-endpoint.md names.
 *
 * @returns its standard output
 * @throws Error with all of its output if it fails
 */
export function runPython({ python, file, args = [], url, folder, env = {} }: PythonProgram): Promise<string> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  const { PATH = "" } = process.env;
  const aws = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
  const quiet = { AWS_EC2_METADATA_DISABLED: "true", PYTHONDONTWRITEBYTECODE: "1", PYTHONWARNINGS: "ignore" };
  const environment = { PATH, HOME: folder, TMPDIR: folder, ...aws, AWS_DEFAULT_REGION: "us-east-1", ...quiet, ...env };
  return new Promise((resolve, reject) => {
    execFile(python, [program, ...args], { cwd: folder, env: environment, maxBuffer: 1 << 26 }, (error, out, err) => {
      if (error === null) resolve(out);
      else reject(new Error(`${file} failed: ${error.message.slice(0, 200)}\n${out}\n${err}`));
    });
  });
}
