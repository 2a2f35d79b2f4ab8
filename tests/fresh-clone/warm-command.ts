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
  /** Standard output and standard error, in the order in which they were written. */
  readonly output: string;
}

/**
 * Runs the commands of a repository one after the other in one process, which saves a second of loading for each. It is not for
 * tests of npm, the launcher, signals or standard input, and not for use after sources were edited.
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
