import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defined } from "../../../service-model/defined.ts";
import { diskError } from "../../state/atomic-file.ts";
import type { Environment } from "../../state/process-environment.ts";
import type { OwnRoot, RootPlan, UsedPython } from "./own-root.ts";

const root = "/opt/ml";

/** A command, and the root directory in which it has to run. */
export interface JobPlace {
  readonly command: readonly string[];
  /** The current folder, as the command sees it. */
  readonly folder: string;
  /** Null if the system allows no own root. The paths in the command are translated then. */
  readonly root: RootPlan | null;
}

/** The folder that a job's container sees as /opt/ml. It translates the container's paths to paths on this machine. */
export class JobFolder {
  /** The folder that is /opt/ml in the job. */
  readonly path: string;
  readonly #whole: string;
  readonly #own: OwnRoot | undefined;

  constructor(jobs: string, job: string, own: OwnRoot | undefined) {
    this.#whole = join(jobs, job);
    this.path = join(this.#whole, "ml");
    this.#own = own;
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

  /** Creates a folder for files that the endpoint and the job exchange. A job without an own root starts in it. */
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
    return this.#own !== undefined;
  }

  /** Returns the command to start: in a root of its own, or with its paths translated. */
  command({ root: plan, command }: JobPlace): readonly string[] {
    return plan === null || this.#own === undefined ? command : this.#own.command(plan, command);
  }

  /** Returns the command and its root directory. In a container, the current folder is the root. */
  place(command: readonly string[], python: UsedPython): JobPlace {
    if (this.#own === undefined)
      return { command: command.map((word) => this.#translated(word)), folder: this.workFolder(), root: null };
    const folders = { job: this.#whole, ml: this.path, root: join(this.#whole, "root") };
    return { command, folder: "/", root: this.#own.plan(folders, python) };
  }

  /**
   * Returns the job's own variables. If the job does not see its folder as /opt/ml, it also gets SAGEMAKER_BASE_DIR, by which
   * scripts find the folder, and the paths in PYTHONPATH are translated.
   */
  environment(own: Environment): Environment {
    if (this.#own !== undefined) return own;
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
