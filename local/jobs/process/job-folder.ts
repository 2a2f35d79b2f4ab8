import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskError } from "../../state/atomic-file.ts";
import type { MountNamespace } from "./mount-namespace.ts";

const root = "/opt/ml";

/** Where and how a command has to run. */
export interface JobPlace {
  readonly command: readonly string[];
  readonly ml: string | null;
  /** Whether it has its own process ids: see MountNamespace. */
  readonly ownProcesses: boolean;
}

/** The tree that a container sees as /opt/ml, and how paths in it translate to this machine. */
export class JobFolder {
  /** What is /opt/ml in the job. */
  readonly path: string;
  readonly #whole: string;
  readonly #namespace: MountNamespace | undefined;

  constructor(jobs: string, job: string, namespace: MountNamespace | undefined) {
    this.#whole = join(jobs, job);
    this.path = join(this.#whole, "ml");
    this.#namespace = namespace;
    for (const name of ["input/config", "input/data", "output/data", "model"]) this.makeFolder(`${root}/${name}`);
  }

  /**
   * Where a container's path is on this machine.
   *
   * @throws Error for one outside /opt/ml: nothing else is the job's own.
   */
  local(path: string): string {
    const target = join(path);
    if (target === root) return this.path;
    if (target.startsWith(`${root}/`)) return join(this.path, target.slice(root.length));
    throw new Error(`ClientError: the local path ${path} is not below ${root}`);
  }

  makeFolder(path: string): string {
    const folder = this.local(path);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  writeJson(path: string, value: unknown): void {
    const file = this.local(path);
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(value, undefined, 2));
    } catch (error) {
      throw diskError(error, file);
    }
  }

  /** The first `limit` characters of a file; empty when there is none. */
  readText(path: string, limit: number): string {
    try {
      return readFileSync(this.local(path), "utf8").trim().slice(0, limit);
    } catch {
      return "";
    }
  }

  /** A folder for the process to stand in; nothing in it is kept. */
  workFolder(): string {
    const folder = join(this.#whole, "work");
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** For the job's own Python environment. */
  pythonFolder(): string {
    return join(this.#whole, "python");
  }

  /** A file that was left in the work folder; empty when there is none. */
  readWorkFile(name: string): string {
    const file = join(this.workFolder(), name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  has(path: string): boolean {
    return existsSync(this.local(path));
  }

  /** Whether the job sees its folder as /opt/ml. */
  get isMounted(): boolean {
    return this.#namespace !== undefined;
  }

  /** The command as the container would run it: in a namespace with its own /opt/ml, or with its paths translated. */
  command(command: readonly string[]): readonly string[] {
    const { ml, command: words } = this.place(command);
    return ml === null || this.#namespace === undefined ? words : this.#namespace(ml, words);
  }

  /** The command, and the folder that has to be its /opt/ml; null where its paths are translated instead. */
  place(command: readonly string[]): JobPlace {
    if (this.#namespace !== undefined) return { command, ml: this.path, ownProcesses: this.#namespace.ownProcesses };
    const translated = (word: string) => (word === root || word.startsWith(`${root}/`) ? this.local(word) : word);
    return { command: command.map(translated), ml: null, ownProcesses: false };
  }

  /** Tells scripts written for it where /opt/ml is when it is not /opt/ml. */
  environment(): { [name: string]: string } {
    return this.#namespace === undefined ? { SAGEMAKER_BASE_DIR: this.path } : {};
  }

  /** Nobody waits for it: folders that were mounted on take long to go. What stays goes with the next start. */
  remove(): void {
    rm(this.#whole, { recursive: true, force: true }).catch(() => {});
  }
}
