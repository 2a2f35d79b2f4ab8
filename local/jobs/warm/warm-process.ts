import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Environment } from "../../state/process-environment.ts";
import { killGroup } from "../../state/process-registry.ts";
import { OutputPipes } from "../process/output-pipes.ts";
import { exitCode, type RunningProcess } from "../process/running-process.ts";
import { type Expected, type JobConnections, nextLine } from "./job-connections.ts";
import type { ScriptCommand } from "./script-command.ts";

/** A script to run as the image's Python would run it. */
export interface WarmJob extends ScriptCommand {
  readonly environment: Environment;
  /** The folder it stands in. */
  readonly folder: string;
  /** What it sees as /opt/ml; null where it sees the machine's own. */
  readonly ml: string | null;
  /** Whether it has its own process ids. */
  readonly ownProcesses: boolean;
}

export interface StartOptions {
  /** Told of the job's process, which leads its own group, before any of the script runs. */
  readonly began: (pid: number) => void;
  /** Gives up a job that has not begun. */
  readonly signal: AbortSignal;
  readonly patienceMilliseconds: number;
}

/** Why a job has not begun; it has to begin in another way. */
export interface NotStarted {
  readonly refused: string;
  /** Whether the prepared process is of no use any more. */
  readonly broken: boolean;
}

const server = fileURLToPath(new URL("./server.py", import.meta.url));

/** One Python that has imported what jobs import, and that jobs are forked from. It ends with this process. */
export class WarmProcess {
  readonly #child: ChildProcess;
  readonly #control: Socket;
  readonly #connections: JobConnections;
  readonly #ended: Promise<NotStarted>;
  #errors = "";

  /** @param environment what it is started with, on which its imports may depend */
  constructor(python: string, environment: Environment, connections: JobConnections) {
    this.#connections = connections;
    this.#child = spawn(python, [server], {
      // As for a job: Python looks at what it prints to when it starts.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: environment,
      // A Ctrl-C in the terminal reaches the whole foreground group.
      detached: true,
    });
    // It waits for jobs: only who gives it one keeps this process running.
    this.#child.unref();
    const [, output, errors, control] = this.#child.stdio as unknown as readonly Socket[];
    this.#control = control as Socket;
    this.#control.on("error", () => {});
    for (const stream of [output, errors])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#errors = (this.#errors + text).slice(-2000);
      });
    for (const stream of [output, errors, control]) stream?.unref();
    this.#ended = Promise.race([once(this.#child, "exit"), once(this.#child, "error")]).then(
      () => this.#broken(),
      () => this.#broken(),
    );
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Begins a job, unless it is refused or `signal` is aborted before. A job that has begun is never begun again. */
  async start(
    job: WarmJob,
    { began, signal, patienceMilliseconds }: StartOptions,
  ): Promise<RunningProcess | NotStarted> {
    const expected = await this.#connections.expect();
    const outputs = await OutputPipes.make();
    const given = new AbortController();
    let begun = false;
    try {
      const connection = { socket: this.#connections.name, token: expected.token, outputs: outputs.paths };
      this.#control.write(`${JSON.stringify({ ...job, ...connection })}\n`);
      const ready = await Promise.race([
        answer(expected),
        this.#ended,
        after(patienceMilliseconds, broken("it did not answer in time"), { signal: given.signal }),
        aborted(signal, given.signal),
      ]);
      if ("refused" in ready) return ready;
      began(ready.pid);
      begun = true;
      outputs.handedOver();
      ready.control.write("go");
      const { stdout, stderr } = outputs;
      return { pid: ready.pid, stdout, stderr, exited: exited(ready) };
    } finally {
      given.abort();
      // Its process waits for `go`, and leaves when that cannot come any more.
      if (!begun) {
        expected.refuse();
        outputs.discard();
      }
    }
  }

  /** Jobs that have begun go on. */
  kill(): void {
    this.#child.kill("SIGKILL");
  }

  #broken(): NotStarted {
    return broken(this.#errors.trim().split("\n").at(-1) || "it ended");
  }
}

function broken(refused: string): NotStarted {
  return { refused, broken: true };
}

interface Ready {
  readonly pid: number;
  readonly control: Socket;
}

/** What the job's process says when all is there for it to begin. */
async function answer(expected: Expected): Promise<Ready | NotStarted> {
  const control = await expected.control;
  const said = parse(await nextLine(control));
  if (typeof said["pid"] === "number") return { pid: said["pid"], control };
  control.destroy();
  if (said["unfit"] === undefined) return broken("its process ended before it began");
  return { refused: String(said["unfit"]), broken: false };
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<NotStarted> {
  if (!signal.aborted) await once(signal, "abort", { signal: over }).catch(() => {});
  return { refused: "it was stopped", broken: false };
}

async function exited({ pid, control }: Ready): Promise<number> {
  const { code } = parse(await nextLine(control));
  control.destroy();
  if (typeof code === "number") return exitCode(code);
  // Whoever waited for it was killed: nobody will learn how it ends, so it ends now.
  killGroup(pid, "SIGKILL");
  return exitCode(-9);
}

function parse(line: string | undefined): { readonly [name: string]: unknown } {
  return line === undefined ? {} : JSON.parse(line);
}
