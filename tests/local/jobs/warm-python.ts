import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { type Container, containerPython, type ScriptResult } from "./processing-container.ts";

/** A Python that has imported the container's packages. It runs scripts in forks, one after the other. */
export class WarmPython {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #latest: Promise<unknown> = Promise.resolve();

  private constructor(child: ChildProcess, answers: AsyncIterator<string>) {
    this.#child = child;
    this.#answers = answers;
  }

  static async start(): Promise<WarmPython> {
    const program = join(import.meta.dirname, "warm-python.py");
    const env = { PATH: process.env["PATH"], LANG: "C" };
    const child = spawn(await containerPython(), ["-B", program], { env, stdio: ["pipe", "pipe", "inherit"] });
    return new WarmPython(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
  }

  /** Runs a script of the repository like `Container.run`, but without the time for imports. */
  run(
    container: Container,
    script: string,
    args: readonly string[],
    more: NodeJS.ProcessEnv = {},
  ): Promise<ScriptResult> {
    const ended = this.#latest.then(async () => {
      const [stdout, stderr] = [join(container.base, "stdout"), join(container.base, "stderr")];
      // The threads of several processes on few cores mostly wait for each other.
      const environment = container.environment({ OMP_NUM_THREADS: "1", ...more });
      const request = { script: join(repository, script), args, environment, folder: container.base, stdout, stderr };
      this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
      const { value } = await this.#answers.next();
      return { code: Number(value), stdout: await readFile(stdout, "utf8"), stderr: await readFile(stderr, "utf8") };
    });
    this.#latest = ended.catch(() => {});
    return ended;
  }

  stop(): void {
    this.#child.stdin?.end();
  }
}
