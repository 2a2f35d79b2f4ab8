import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** A job that is expected to connect. */
export interface ExpectedJob {
  /** The token that the job must send first. */
  readonly token: string;
  /** The connection on which the job reports its start and its end. */
  readonly control: Promise<Socket>;
  /** Closes the job's connection, or rejects it if it comes later. */
  readonly refuse: () => void;
}

/**
 * Accepts connections from the processes of jobs. Node cannot pass a pipe to a process that runs already, so the process
 * connects to a socket instead. The socket has an abstract address of Linux (without a file), of which nothing remains when this
 * process is killed. A connection is accepted only with the token of a job.
 */
export class JobConnections {
  /**
   * The address without its first byte, which is zero. It has the maximum length, because Node 20 pads shorter addresses with
   * zeros, which would be part of the address.
   */
  readonly name = `warm-jobs-${randomBytes(48).toString("hex")}`.padEnd(107, "-");
  readonly #expected = new Map<string, (socket: Socket) => void>();
  readonly #server: Server;
  readonly #listening: Promise<unknown>;

  constructor() {
    this.#server = createServer((socket) => void this.#take(socket));
    this.#server.listen(`\0${this.name}`);
    this.#server.unref();
    this.#listening = once(this.#server, "listening");
    // `expect` awaits this and reports the error.
    this.#listening.catch(() => {});
  }

  /** Prepares to accept the connection of one job. */
  async expect(): Promise<ExpectedJob> {
    await this.#listening;
    const token = randomBytes(16).toString("hex");
    let connection: Socket | undefined;
    const control = new Promise<Socket>((resolve) => {
      this.#expected.set(token, (socket) => {
        connection = socket;
        this.#expected.delete(token);
        resolve(socket);
      });
    });
    const refuse = () => {
      this.#expected.delete(token);
      connection?.destroy();
    };
    return { token, control, refuse };
  }

  close(): void {
    this.#server.close();
  }

  async #take(socket: Socket): Promise<void> {
    // Connections of a process that is killed may end with an error.
    socket.on("error", () => {});
    const expected = this.#expected.get((await nextLine(socket)) ?? "");
    if (expected === undefined) socket.destroy();
    else expected(socket);
  }
}

/** Reads the next line of a socket and leaves the socket paused after it; undefined if the socket ends before a newline. */
export function nextLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    let read = Buffer.alloc(0);
    const stop = (line: string | undefined) => {
      socket.off("data", take).off("end", end).off("close", end).pause();
      resolve(line);
    };
    const end = () => stop(undefined);
    const take = (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const length = read.indexOf("\n");
      if (length < 0) return;
      stop(read.toString("utf8", 0, length));
      if (read.length > length + 1) socket.unshift(read.subarray(length + 1));
    };
    if (socket.destroyed) end();
    else socket.on("data", take).on("end", end).on("close", end).resume();
  });
}
