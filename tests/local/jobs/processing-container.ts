import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pythonEnvironment } from "../../../local/jobs/python/python-environment.ts";
import { localFolders, repository } from "../../../scripts/local-stack/folders.ts";

/** The exit code and output of a script. */
export interface ScriptResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Returns the path of a Python with the container's packages. */
export async function containerPython(): Promise<string> {
  return (await pythonEnvironment("xgboost", { folder: localFolders.python })).python;
}

/** A folder in the place of `/opt/ml`, in which scripts run as in SageMaker's containers. */
export class Container {
  readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  static async make(): Promise<Container> {
    return new Container(await mkdtemp(join(tmpdir(), "container-")));
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(this.base, path)), { recursive: true });
    await writeFile(join(this.base, path), content);
  }

  read(path: string): Promise<Buffer> {
    return readFile(join(this.base, path));
  }

  async text(path: string): Promise<string> {
    return (await this.read(path)).toString("utf8");
  }

  async json<T>(path: string): Promise<T> {
    return JSON.parse(await this.text(path)) as T;
  }

  environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    const PYTHONPATH = join(repository, "language/python");
    return { PATH: process.env["PATH"], LANG: "C", PYTHONPATH, SAGEMAKER_BASE_DIR: this.base, ...more };
  }

  /** Runs a script of the repository. With `-c` as `script`, the first argument is the program's text. */
  async run(script: string, args: readonly string[] = [], environment: NodeJS.ProcessEnv = {}): Promise<ScriptResult> {
    const python = await containerPython();
    const env = this.environment(environment);
    const program = script === "-c" ? script : join(repository, script);
    return new Promise((resolve, reject) => {
      const child = spawn(python, ["-B", program, ...args], { cwd: this.base, env, stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.on("data", (chunk) => (stdout += chunk));
      child.stderr.on("data", (chunk) => (stderr += chunk));
      child.on("error", reject);
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  remove(): Promise<void> {
    return rm(this.base, { recursive: true, force: true });
  }
}
