import type { Environment } from "../../state/process-environment.ts";
import type { ProcessRegistry } from "../../state/process-registry.ts";
import type { LocalImage } from "../images/local-image.ts";
import { interpreterEnvironment } from "../process/job-environment.ts";
import type { JobPlace } from "../process/job-folder.ts";
import type { RunningProcess } from "../process/running-process.ts";
import { JobConnections } from "./job-connections.ts";
import { scriptCommand } from "./script-command.ts";
import { type NotStarted, type StartOptions, WarmProcess } from "./warm-process.ts";

/** A job's command, as it would run in a new process. */
export interface WarmRequest extends JobPlace {
  readonly environment: Environment;
}

export interface WarmOptions {
  /** Called with the reason if a job cannot be forked from a prepared process. */
  readonly refused?: (reason: string) => void;
  /** The longest wait for a prepared process to start a job. Its imports take a few seconds. */
  readonly patienceMilliseconds?: number;
}

/** After this many failed prepared processes of a Python in a row, no other is started. */
const mostBroken = 2;

interface Prepared {
  process: WarmProcess | undefined;
  /** The number of processes that failed since the last job began. */
  broken: number;
}

/**
 * Keeps a prepared process for each Python that jobs use, and starts it with the first job. A job starts in a new Python instead
 * if the prepared process cannot run it, or if the job could notice the difference.
 */
export class WarmPythons {
  readonly #registry: ProcessRegistry;
  readonly #connections = new JobConnections();
  readonly #prepared = new Map<string, Prepared>();
  readonly #options: WarmOptions;

  constructor(registry: ProcessRegistry, options: WarmOptions = {}) {
    this.#registry = registry;
    this.#options = options;
  }

  /** Returns the prepared Pythons of this system. Undefined except on Linux, because they need abstract socket addresses. */
  static where(registry: ProcessRegistry): WarmPythons | undefined {
    return process.platform === "linux" ? new WarmPythons(registry) : undefined;
  }

  /** Starts a job from a prepared process. Resolves with undefined if that is impossible; then no part of the job has run. */
  async start(
    image: Pick<LocalImage, "python" | "bin">,
    { command, ...job }: WarmRequest,
    options: Omit<StartOptions, "patienceMilliseconds">,
  ): Promise<RunningProcess | undefined> {
    const script = scriptCommand(command, image);
    if (script === undefined) return this.#no("it is not a Python script");
    const prepared = this.#prepared.get(image.python) ?? { process: undefined, broken: 0 };
    this.#prepared.set(image.python, prepared);
    if (prepared.broken >= mostBroken) return this.#no("no Python can be prepared");
    prepared.process ??= this.#begin(image, job.root !== null);
    const { process } = prepared;
    const { patienceMilliseconds = 10_000 } = this.#options;
    const started = await process.start({ ...script, ...job }, { ...options, patienceMilliseconds });
    if (!("refused" in started)) {
      prepared.broken = 0;
      return started;
    }
    if (started.broken) this.#end(prepared, process);
    return this.#no(started.refused);
  }

  close(): void {
    for (const prepared of this.#prepared.values()) if (prepared.process) this.#end(prepared, prepared.process);
    this.#connections.close();
  }

  /** The ids of the prepared processes. */
  get pids(): readonly number[] {
    return [...this.#prepared.values()].flatMap(({ process }) => process?.pid ?? []);
  }

  #begin({ python, bin }: Pick<LocalImage, "python" | "bin">, isContained: boolean): WarmProcess {
    const begun = new WarmProcess(python, interpreterEnvironment(bin, isContained), this.#connections);
    try {
      if (begun.pid !== undefined) this.#registry.add(begun.pid);
    } catch (error) {
      begun.kill();
      throw error;
    }
    return begun;
  }

  /** Ends a failed process. Several jobs may report the failure of one process, which counts once. */
  #end(prepared: Prepared, process: WarmProcess): void {
    if (prepared.process !== process) return;
    prepared.process = undefined;
    prepared.broken++;
    process.kill();
    if (process.pid !== undefined) this.#registry.remove(process.pid);
  }

  #no(reason: NotStarted["refused"]): undefined {
    this.#options.refused?.(reason);
    return undefined;
  }
}
