import { execFile } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { promisify } from "node:util";

const names = ["stdout", "stderr"] as const;

interface Pipe {
  readonly path: string;
  readonly reader: Socket;
  /** Keeps the pipe open until the process has opened it. */
  readonly writer: number;
}

/**
 * Named pipes for a process's output. They replace Node's own pipes, which are sockets: a process cannot open a socket as
 * `/dev/stdout`, but it can in a container.
 */
export class OutputPipes {
  readonly #folder: string;
  readonly #stdout: Pipe;
  readonly #stderr: Pipe;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#stdout = opened(join(folder, names[0]));
    this.#stderr = opened(join(folder, names[1]));
  }

  /** Creates the pipes. @throws Error if the system has no named pipes */
  static async make(): Promise<OutputPipes> {
    const folder = mkdtempSync(join(tmpdir(), "job-output-"));
    try {
      await promisify(execFile)("mkfifo", ["-m", "600", ...names.map((name) => join(folder, name))]);
      return new OutputPipes(folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get stdout(): Readable {
    return this.#stdout.reader;
  }

  get stderr(): Readable {
    return this.#stderr.reader;
  }

  /** The file descriptors for the output of a process that this process starts. */
  get writers(): readonly [number, number] {
    return [this.#stdout.writer, this.#stderr.writer];
  }

  /** The paths of the pipes, which a process that is already running can open. */
  get paths(): readonly [string, string] {
    return [this.#stdout.path, this.#stderr.path];
  }

  /** Closes this process's ends after the job has opened the pipes. They end when the job and its children have ended. */
  handedOver(): void {
    closeSync(this.#stdout.writer);
    closeSync(this.#stderr.writer);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Closes pipes that no process has opened. */
  discard(): void {
    this.handedOver();
    this.stdout.destroy();
    this.stderr.destroy();
  }
}

function opened(path: string): Pipe {
  // Opens the reader first, because opening a pipe for writing blocks until it has a reader.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { path, writer, reader: new Socket({ fd: reader, readable: true, writable: false }) };
}
