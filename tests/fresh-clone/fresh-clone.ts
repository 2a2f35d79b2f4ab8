import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { clientEnvironment } from "../../local/state/process-environment.ts";
import { localFolders, repository } from "../../scripts/local-stack/folders.ts";
import { preparePythons } from "../../scripts/local-stack/prepare.ts";
import { crickets, imagesOfCrickets } from "../pipelines-under-test/crickets.ts";

/** The exit code and the whole output of a command. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Returns the output so far. */
  readonly output: () => string;
  /** Resolves when the output holds `text`, after its first `from` characters. */
  readonly printed: (text: string, from?: number) => Promise<void>;
}

/** An endpoint in a process of its own, a client, and the environment with which commands call it. */
export interface RunningEndpoint {
  readonly process: Running;
  readonly url: string;
  readonly sagemaker: SageMakerClient;
  readonly environment: NodeJS.ProcessEnv;
}

export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Variables of continuous integration, which the tests remove because all commands of a test would share one CI run. */
const ofRun = ["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT", "GITHUB_SHA"];

function withoutRun(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !ofRun.includes(name)));
}

const notCloned = new Set(["node_modules", ".git", ".local"]);

/** Tells whether a path, relative to the repository, is in every clone, whatever its pipelines are. */
export function isCloned(path: string): boolean {
  // The tests of a pipeline's folder belong to it.
  const [first = "", second = "", ...rest] = path.replace(/^tests\/(?=pipelines\/)/, "").split(sep);
  const isPipeline = first === "pipelines" && second !== "" && (rest.length > 0 || !second.includes("."));
  return !notCloned.has(first) && !isPipeline;
}

/** Creates the first free folder of this kind. Paths repeat so that tsx can reuse its cache, which depends on the path. */
function freeFolder(): string {
  for (let number = 1; ; number += 1)
    try {
      const folder = join(tmpdir(), `clone-${String(number).padStart(3, "0")}`);
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
}

/**
 * A copy of the repository with one pipeline and its own empty state. It shares the node modules, the Python environments and
 * the data with the original, because they take long to install.
 */
export class FreshClone {
  static #shared: Promise<FreshClone> | undefined;
  readonly folder: string;
  readonly home: string;
  /** The content of the state folder's `images.json`, if the clone's pipeline runs in another Python than the image's. */
  #images: string | undefined;

  constructor(folder: string) {
    this.folder = folder;
    this.home = join(folder, ".local", "home");
  }

  /** @param pipeline the folder of the only pipeline, relative to the repository */
  static async make(pipeline: string = crickets.folder): Promise<FreshClone> {
    const pythons = await preparePythons(new AbortController().signal, () => {});
    mkdirSync(localFolders.data, { recursive: true });
    const clone = new FreshClone(freeFolder());
    cpSync(repository, clone.folder, { recursive: true, filter: (path) => isCloned(relative(repository, path)) });
    const pipelineFolder = join(clone.folder, "pipelines", basename(pipeline));
    cpSync(join(repository, pipeline), pipelineFolder, { recursive: true });
    mkdirSync(clone.home, { recursive: true });
    symlinkSync(join(repository, "node_modules"), join(clone.folder, "node_modules"));
    for (const shared of ["python", "data"] as const)
      symlinkSync(localFolders[shared], join(clone.folder, ".local", shared));
    if (pipeline === crickets.folder) clone.#images = imagesOfCrickets(pythons);
    clone.reset();
    return clone;
  }

  /** Returns the clone of all tests in this process that change nothing in it. */
  static shared(): Promise<FreshClone> {
    FreshClone.#shared ??= FreshClone.make().then((clone) => {
      process.once("exit", () => clone.remove());
      return clone;
    });
    return FreshClone.#shared;
  }

  /** Imports a module of the clone, such as `infra/stack-plan.ts`. */
  module<Module>(path: string): Promise<Module> {
    return import(pathToFileURL(join(this.folder, path)).href);
  }

  /** Replaces text in a file of the clone. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, "utf8");
    if (!before.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, before.replace(from, to));
  }

  /** Deletes the state of all earlier commands. */
  reset(): void {
    const state = join(this.folder, ".local", "state");
    rmSync(state, { recursive: true, force: true });
    if (this.#images === undefined) return;
    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, "images.json"), this.#images);
  }

  readJson(file: string): unknown {
    return JSON.parse(readFileSync(join(this.folder, file), "utf8"));
  }

  /** Returns the environment of commands in the clone. */
  environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return { ...withoutRun(process.env), HOME: this.home, ...more };
  }

  /** Starts a command in the clone, in a new process group. */
  spawn(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
    const env = this.environment(environment);
    const child = spawn(command, args, { cwd: this.folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let output = "";
    const waiting: (() => void)[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk;
        for (const look of waiting) look();
      });
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (code, signal) => resolve({ code, signal, output }));
    });
    const printed = (text: string, from = 0) =>
      new Promise<void>((resolve, reject) => {
        const look = () => output.includes(text, from) && resolve();
        waiting.push(look);
        look();
        ended.then(() => reject(new Error(`it ended without printing ${text}:\n${output}`)));
      });
    return { child, ended, printed, output: () => output };
  }

  run(command: string, args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.spawn(command, args, environment).ended;
  }

  /** Starts `npm run endpoint`, and waits until it answers. */
  async startEndpoint(): Promise<RunningEndpoint> {
    const process = this.spawn("npm", ["run", "-s", "endpoint", "--", "--port", "0"]);
    await process.printed("listening on ");
    const [, url = ""] = /listening on (\S+)/.exec(process.output()) ?? [];
    const sagemaker = new SageMakerClient({ endpoint: url, region: "us-east-1", credentials: localCredentials });
    return { process, url, sagemaker, environment: clientEnvironment(url, "us-east-1", {}) };
  }

  npmStart(...args: readonly string[]): Promise<Ended> {
    return this.run("npm", ["start", "--", ...args]);
  }

  /** Lists the command lines of the processes that use the clone. */
  processes(): readonly string[] {
    return readdirSync("/proc").flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        const here = readlinkSync(`/proc/${pid}/cwd`).startsWith(this.folder) || command.includes(this.folder);
        // A process that is ending has no command line any more.
        return here && command !== "" ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
  }

  remove(): void {
    // A process that is ending may still write its report.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
