import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Environment } from "../../state/process-environment.ts";
import { killGroup } from "../../state/process-registry.ts";
import { OutputPipes } from "../process/output-pipes.ts";
import type { RootPlan } from "../process/own-root.ts";
import { type RunningProcess, shellExitCode } from "../process/running-process.ts";
import { type ExpectedJob, type JobConnections, nextLine } from "./job-connections.ts";
import type { ScriptCommand } from "./script-command.ts";

/** A job that runs one Python script. */
export interface WarmJob extends ScriptCommand {
  readonly environment: Environment;
  /** The current folder of the script. */
  readonly folder: string;
  /** The root directory of the job. Null if it sees that of the machine. */
  readonly root: RootPlan | null;
}

export interface StartOptions {
  /** Called with the id of the job's process, which leads its own process group, before the script runs. */
  readonly began: (pid: number) => void;
  /** Cancels a job that has not begun. */
  readonly signal: AbortSignal;
  /** The longest wait for the job's process. */
  readonly patienceMilliseconds: number;
}

/** The reason why the prepared process did not start a job. The job has to start in a new Python. */
export interface NotStarted {
  readonly refused: string;
  /** Whether the prepared process can no longer be used. */
  readonly broken: boolean;
}

const server = fileURLToPath(new URL("./server.py", import.meta.url));

/** A prepared Python: it has imported the packages that jobs usually need, and jobs are forked from it. It ends with this process. */
export class WarmProcess {
  readonly #child: ChildProcess;
  readonly #control: Socket;
  readonly #connections: JobConnections;
  readonly #ended: Promise<NotStarted>;
  #errors = "";

  /** @param environment the environment variables of the prepared process, which its imports may read */
  constructor(python: string, environment: Environment, connections: JobConnections) {
    this.#connections = connections;
    this.#child = spawn(python, [server], {
      // Output goes to pipes, as for a job, because Python checks the kind of its output when it starts.
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      env: environment,
      // A Ctrl-C in the terminal reaches the whole foreground process group, and must not end this process.
      detached: true,
    });
    // An idle prepared process must not keep this process running; a job that it runs does.
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

  /**
   * Starts a job. The result is a {@link NotStarted} if the prepared process cannot run the job or if `signal` is aborted
   * first. Then no part of the script has run.
   */
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
      // Closing the connection ends a job's process that still waits for `go`.
      if (!begun) {
        expected.refuse();
        outputs.discard();
      }
    }
  }

  /** Ends the prepared process. Jobs that have begun continue. */
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

/** Waits until the job's process is ready to run its script, or until it gives the reason why it cannot. */
async function answer(expected: ExpectedJob): Promise<Ready | NotStarted> {
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
  if (typeof code === "number") return shellExitCode(code);
  // The parent of the job's process was killed. The job's exit code can no longer be known, so the job is killed, too.
  killGroup(pid, "SIGKILL");
  return shellExitCode(-9);
}

function parse(line: string | undefined): { readonly [name: string]: unknown } {
  return line === undefined ? {} : JSON.parse(line);
}
