import type { ExecutionRecord } from "../state/execution-record.ts";
import { stopLeftJobs } from "../state/job-record.ts";
import { localJobKinds } from "../state/store.ts";
import { cutOff, interrupted, isOver } from "./outcome.ts";
import { runExecution } from "./run-execution.ts";
import type { Services } from "./steps/services.ts";

interface Running {
  readonly stop: AbortController;
  readonly changed: EventTarget;
  readonly done: Promise<void>;
}

/** The executions of an endpoint: started, stopped, and brought to an honest end when the endpoint itself ends. */
export class Executions {
  readonly #services: Services;
  readonly #running = new Map<string, Running>();
  #closing = false;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Ends what an endpoint that was killed left as executing. Call before anything is started. */
  recover(): void {
    const { now, store } = this.#services;
    const { executions } = store;
    for (const execution of executions.values()) {
      if (!isOver(execution)) executions.change(execution.arn, interrupted(execution, cutOff, this.#services.now()));
    }
    for (const kind of localJobKinds) stopLeftJobs(store, kind, now());
  }

  /** The record is stored already: whoever started it can describe it. */
  start(execution: ExecutionRecord): void {
    const stop = new AbortController();
    const changed = new EventTarget();
    const run = runExecution(execution.arn, this.#services, stop.signal, () => this.#closing, changed);
    const done = run.finally(() => this.#running.delete(execution.arn));
    this.#running.set(execution.arn, { stop, changed, done });
  }

  /** Begins what another limit of steps side by side leaves room for. */
  limitChanged(arn: string): void {
    this.#running.get(arn)?.changed.dispatchEvent(new Event("limit"));
  }

  /**
   * Signals the running jobs; the execution is `Stopped` when they are gone.
   *
   * @param stopToken of the request: asked again, it is the same stop
   */
  stop(execution: ExecutionRecord, stopToken?: string): void {
    const running = execution.steps.filter(({ status }) => status === "Executing" || status === "Starting");
    this.#services.store.executions.change(execution.arn, {
      progress: { status: "Stopping", modifiedTime: this.#services.now(), stopToken },
      steps: running.map((step) => ({ ...step, status: "Stopping" })),
    });
    this.#running.get(execution.arn)?.stop.abort();
  }

  /** Ends every running execution and its jobs, and waits for them. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const each of running) each.stop.abort();
    await Promise.all(running.map((each) => each.done));
  }
}
