import type { Environment } from "../../state/process-environment.ts";
import type { ProcessRegistry } from "../../state/process-registry.ts";
import type { LocalImage } from "../images/images.ts";
import { interpreterEnvironment } from "../process/job-environment.ts";
import type { JobPlace } from "../process/job-folder.ts";
import type { RunningProcess } from "../process/running-process.ts";
import { JobConnections } from "./job-connections.ts";
import { scriptCommand } from "./script-command.ts";
import { type NotStarted, type StartOptions, WarmProcess } from "./warm-process.ts";

/** A command as the job would run it on its own. */
export interface WarmRequest extends JobPlace {
  readonly environment: Environment;
  readonly folder: string;
}

export interface WarmOptions {
  /** Told why a job starts on its own. */
  readonly refused?: (reason: string) => void;
  /** How long a prepared process may take to begin a job; imports take seconds at most. */
  readonly patienceMilliseconds?: number;
}

/** Processes that break one after the other are not started again. */
const mostBroken = 2;

interface Prepared {
  process: WarmProcess | undefined;
  /** How many broke since a job began. */
  broken: number;
}

/**
 * A prepared process for each Python that jobs use, started when the first job needs one. What it cannot do, or what a job
 * could notice, is left to the ordinary way.
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

  /** Undefined where the system has not what it needs: Linux's sockets without a file. */
  static where(registry: ProcessRegistry): WarmPythons | undefined {
    return process.platform === "linux" ? new WarmPythons(registry) : undefined;
  }

  /** Begins a job, or resolves with undefined before anything of it has run. */
  async start(
    image: Pick<LocalImage, "python" | "bin">,
    { command, ...job }: WarmRequest,
    options: Omit<StartOptions, "patienceMilliseconds">,
  ): Promise<RunningProcess | undefined> {
    const script = scriptCommand(command, image);
    if (script === undefined) return this.#no("it is no Python script");
    const prepared = this.#prepared.get(image.python) ?? { process: undefined, broken: 0 };
    this.#prepared.set(image.python, prepared);
    if (prepared.broken >= mostBroken) return this.#no("no Python can be prepared");
    prepared.process ??= this.#begin(image);
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

  /** The processes that jobs are forked from. */
  get pids(): readonly number[] {
    return [...this.#prepared.values()].flatMap(({ process }) => process?.pid ?? []);
  }

  #begin({ python, bin }: Pick<LocalImage, "python" | "bin">): WarmProcess {
    const begun = new WarmProcess(python, interpreterEnvironment(bin), this.#connections);
    try {
      if (begun.pid !== undefined) this.#registry.add(begun.pid);
    } catch (error) {
      begun.kill();
      throw error;
    }
    return begun;
  }

  /** Jobs that wait for the same process find it broken, too: that counts once. */
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
