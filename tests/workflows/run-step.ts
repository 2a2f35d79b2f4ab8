import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
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
