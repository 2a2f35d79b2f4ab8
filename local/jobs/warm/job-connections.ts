import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** A job whose connection is awaited. */
export interface Expected {
  readonly token: string;
  /** Where it says what becomes of it. */
  readonly control: Promise<Socket>;
  /** Closes what has come, and what will. */
  readonly refuse: () => void;
}

/**
 * Takes the connections of jobs' processes, since Node cannot hand a pipe of its own to a process that runs already. The
 * address is one of Linux's without a file, so that nothing stays when this process is killed; a connection is taken for a
 * job by the job's token only.
 */
export class JobConnections {
  /**
   * Without the zero byte that such an address begins with. As long as an address can be, since Node 20 fills shorter ones
   * up with zeros, which count.
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
    // Awaited in `expect`.
    this.#listening.catch(() => {});
  }

  async expect(): Promise<Expected> {
    await this.#listening;
    const token = randomBytes(16).toString("hex");
    let come: Socket | undefined;
    const control = new Promise<Socket>((resolve) => {
      this.#expected.set(token, (socket) => {
        come = socket;
        this.#expected.delete(token);
        resolve(socket);
      });
    });
    const refuse = () => {
      this.#expected.delete(token);
      come?.destroy();
    };
    return { token, control, refuse };
  }

  close(): void {
    this.#server.close();
  }

  async #take(socket: Socket): Promise<void> {
    // A process that is killed ends its connections as it likes.
    socket.on("error", () => {});
    const expected = this.#expected.get((await nextLine(socket)) ?? "");
    if (expected === undefined) socket.destroy();
    else expected(socket);
  }
}

/** The next line of a socket, which is left paused behind it; undefined when it ends before. */
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
