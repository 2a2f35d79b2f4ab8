import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";

/** The connections that a job's process makes: what it prints, and what it says of itself. */
export interface JobSockets {
  readonly control: Socket;
  readonly stdout: Socket;
  readonly stderr: Socket;
}

/** A job whose connections are awaited. */
export interface Expected {
  readonly token: string;
  readonly sockets: Promise<JobSockets>;
  /** Closes what has come, and what will. */
  readonly refuse: () => void;
}

type Purpose = keyof JobSockets;

/**
 * Takes the connections of jobs' processes, since Node cannot hand its own pipes to a process that runs already. The
 * address is one of Linux's without a file, so that nothing stays when this process is killed; a connection is taken for a
 * job by the job's token only.
 */
export class JobConnections {
  /**
   * Without the zero byte that such an address begins with. As long as an address can be, since Node 20 fills shorter ones
   * up with zeros, which count.
   */
  readonly name = `warm-jobs-${randomBytes(48).toString("hex")}`.padEnd(107, "-");
  readonly #expected = new Map<string, (purpose: string, socket: Socket) => void>();
  readonly #server: Server;
  readonly #listening: Promise<unknown>;

  constructor() {
    this.#server = createServer((socket) => void this.#take(socket));
    this.#server.listen(`\0${this.name}`);
    this.#listening = once(this.#server, "listening");
    // Awaited in `expect`.
    this.#listening.catch(() => {});
  }

  async expect(): Promise<Expected> {
    await this.#listening;
    const token = randomBytes(16).toString("hex");
    const come = new Map<string, Socket>();
    const sockets = new Promise<JobSockets>((resolve) => {
      this.#expected.set(token, (purpose, socket) => {
        come.set(purpose, socket);
        const [control, stdout, stderr] = (["control", "stdout", "stderr"] satisfies Purpose[]).map((each) =>
          come.get(each),
        );
        if (control === undefined || stdout === undefined || stderr === undefined) return;
        this.#expected.delete(token);
        resolve({ control, stdout, stderr });
      });
    });
    const refuse = () => {
      this.#expected.delete(token);
      for (const socket of come.values()) socket.destroy();
    };
    return { token, sockets, refuse };
  }

  close(): void {
    this.#server.close();
  }

  async #take(socket: Socket): Promise<void> {
    // A process that is killed ends its connections as it likes.
    socket.on("error", () => {});
    const [token = "", purpose = ""] = (await nextLine(socket))?.split(" ") ?? [];
    const expected = this.#expected.get(token);
    if (expected === undefined) socket.destroy();
    else expected(purpose, socket);
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
