import { spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `scripts/<name>.ts` of a repository as npm does, from the folder `cwd`, with the environment `env` on top of this one. */
export function command(
  name: string,
  args: readonly string[],
  {
    env = {},
    folder = repository,
    cwd = folder,
    input = "",
  }: {
    readonly env?: NodeJS.ProcessEnv;
    readonly folder?: string;
    readonly cwd?: string;
    readonly input?: string;
  } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const launch = join(folder, "scripts", "launch.mjs");
    const child = spawn(process.execPath, [launch, name, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: "pipe",
    });
    child.stdin.end(input);
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
