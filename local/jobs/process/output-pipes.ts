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
  /** Keeps the pipe from ending before the process has its own. */
  readonly writer: number;
}

/**
 * Pipes for a process's output. Node's own are sockets, which a process cannot open as `/dev/stdout`; a container's are
 * pipes.
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

  /** @throws Error where the system has no named pipes */
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

  /** For a process that is started with them. */
  get writers(): readonly [number, number] {
    return [this.#stdout.writer, this.#stderr.writer];
  }

  /** For a process that runs already. */
  get paths(): readonly [string, string] {
    return [this.#stdout.path, this.#stderr.path];
  }

  /** The process has them now: they end when it and its children end. */
  handedOver(): void {
    closeSync(this.#stdout.writer);
    closeSync(this.#stderr.writer);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** No process has them. */
  discard(): void {
    this.handedOver();
    this.stdout.destroy();
    this.stderr.destroy();
  }
}

function opened(path: string): Pipe {
  // In this order: without a reader, opening it for writing would wait for one.
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  return { path, writer, reader: new Socket({ fd: reader, readable: true, writable: false }) };
}
