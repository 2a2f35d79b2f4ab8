import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defined } from "../../../service-model/defined.ts";
import { diskError } from "../../state/atomic-file.ts";
import type { Environment } from "../../state/process-environment.ts";
import type { MountNamespace } from "./mount-namespace.ts";

const root = "/opt/ml";

/** A command, and the namespace in which it has to run. */
export interface JobPlace {
  readonly command: readonly string[];
  /** The folder that the command sees as /opt/ml. Null if the paths in the command were translated instead. */
  readonly ml: string | null;
  /** Whether the command has its own process ids: see MountNamespace. */
  readonly ownProcesses: boolean;
}

/** The folder that a job's container sees as /opt/ml. It translates the container's paths to paths on this machine. */
export class JobFolder {
  /** The folder that is /opt/ml in the job. */
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
   * Translates a container's path to a path on this machine.
   *
   * @throws Error for a path outside /opt/ml, because the job has no other folder
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

  /** Reads the first `limit` characters of a file; empty if the file does not exist. */
  readText(path: string, limit: number): string {
    try {
      return readFileSync(this.local(path), "utf8").trim().slice(0, limit);
    } catch {
      return "";
    }
  }

  /** Creates the current folder of the job's process. Its files are not kept. */
  workFolder(): string {
    const folder = join(this.#whole, "work");
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Returns the folder of the job's own Python environment. */
  pythonFolder(): string {
    return join(this.#whole, "python");
  }

  /** Reads a file of the work folder; empty if the file does not exist. */
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

  /** Returns the command to start: in a namespace with its own /opt/ml, or with its paths translated. */
  command(command: readonly string[]): readonly string[] {
    const { ml, command: words } = this.place(command);
    return ml === null || this.#namespace === undefined ? words : this.#namespace(ml, words);
  }

  /** Returns the command and its namespace, for a process that enters the namespace itself. */
  place(command: readonly string[]): JobPlace {
    if (this.#namespace !== undefined) return { command, ml: this.path, ownProcesses: this.#namespace.ownProcesses };
    return { command: command.map((word) => this.#translated(word)), ml: null, ownProcesses: false };
  }

  /**
   * Returns the job's own variables. If the job does not see its folder as /opt/ml, it also gets SAGEMAKER_BASE_DIR, by which
   * scripts find the folder, and the paths in PYTHONPATH are translated.
   */
  environment(own: Environment): Environment {
    if (this.#namespace !== undefined) return own;
    const modules = own["PYTHONPATH"]?.split(":").map((path) => this.#translated(path));
    return { ...own, ...defined({ PYTHONPATH: modules?.join(":") }), SAGEMAKER_BASE_DIR: this.path };
  }

  #translated(path: string): string {
    return path === root || path.startsWith(`${root}/`) ? this.local(path) : path;
  }

  /** Deletes the folder in the background, as this may take long. The endpoint deletes what remains when it starts again. */
  remove(): void {
    rm(this.#whole, { recursive: true, force: true }).catch(() => {});
  }
}
