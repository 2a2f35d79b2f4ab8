import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { AskedProcess } from "./asked-process.ts";
import type { CommandResult } from "./command-line.ts";

export interface CommandRequest {
  readonly name: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly folder: string;
}

export interface WarmResult extends CommandResult {
  /** Both streams, in the order in which they were written. */
  readonly output: string;
}

/**
 * The commands of a repository in one process, one after the other: each as by itself, but for the second that its modules
 * take. Not for what npm, the launcher, signals or standard input do, nor after sources were edited.
 */
export class WarmCommands {
  readonly #process: AskedProcess<CommandRequest, WarmResult>;
  readonly #folder: string;

  constructor(folder = repository) {
    this.#folder = folder;
    this.#process = new AskedProcess(join(folder, "tests", "fresh-clone", "command-host.ts"), { cwd: folder });
  }

  run(name: string, args: readonly string[], environment = process.env): Promise<WarmResult> {
    return this.#process.ask({ name, args, environment, folder: this.#folder });
  }

  stop(): void {
    this.#process.stop();
  }
}
