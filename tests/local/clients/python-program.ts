import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface PythonProgram {
  /** The executable of the environment. */
  readonly python: string;
  /** The program: beside this file, or an absolute path. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Where AWS is. */
  readonly url: string;
  /** A folder that the program may write to: its home, away from the caller's own configuration and keys. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program as somebody would who has only set what docs/local-endpoint.md says.
 *
 * @returns what it printed on standard output
 * @throws Error with all that it printed if it fails
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
