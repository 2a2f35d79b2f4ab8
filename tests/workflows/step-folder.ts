import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder in which the steps of a job run as on GitHub, with scripts in place of programs. */
export class StepFolder {
  readonly #folder = mkdtempSync(join(tmpdir(), "scripts-"));

  constructor() {
    mkdirSync(this.path("bin"));
  }

  path(...names: readonly string[]): string {
    return join(this.#folder, ...names);
  }

  /** Returns the content of a file, or an empty text if it is missing. */
  read(...names: readonly string[]): string {
    const file = this.path(...names);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Replaces a program by a bash script. */
  fake(name: string, text: string): void {
    writeFileSync(this.path("bin", name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(this.path("bin", name), 0o755);
  }

  /** Runs a step's script with bash as GitHub does. */
  run(text: string, env: NodeJS.ProcessEnv = {}) {
    writeFileSync(this.path("step.sh"), text);
    const { pid, status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "step.sh"], {
      cwd: this.#folder,
      encoding: "utf8",
      env: { PATH: `${this.path("bin")}:${process.env["PATH"]}`, ...env },
    });
    return { pid, status, stdout, stderr };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
