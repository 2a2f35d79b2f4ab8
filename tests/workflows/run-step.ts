import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StepResult {
  /** The id of the step's first process, which a cancellation signals. */
  readonly pid: number | undefined;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the script of a step with bash as GitHub does, while this process can serve its requests. */
export function runStep(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<StepResult> {
  writeFileSync(join(cwd, "step.sh"), script);
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
      cwd,
      env: { ...env, PATH: `${join(cwd, "bin")}:${process.env["PATH"]}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ pid: child.pid, status, stdout, stderr }));
  });
}

/** Puts a bash script in the place of a program that the steps in a folder run. */
export function fakeProgram(cwd: string, name: string, text: string): void {
  mkdirSync(join(cwd, "bin"), { recursive: true });
  writeFileSync(join(cwd, "bin", name), `#!/usr/bin/env bash\n${text}\n`);
  chmodSync(join(cwd, "bin", name), 0o755);
}

/** Makes npm record its process and its arguments, for {@link recordedCall}. */
export function recordNpm(cwd: string): void {
  fakeProgram(cwd, "npm", 'printf "%s|" "$$" "$@" > called');
}

/** Returns the process and the arguments of npm in the last step. */
export function recordedCall(cwd: string): readonly string[] {
  return readFileSync(join(cwd, "called"), "utf8").split("|").slice(0, -1);
}
