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

/** Starts and stops executions, and ends the running ones when the endpoint ends. */
export class Executions {
  readonly #services: Services;
  readonly #running = new Map<string, Running>();
  #closing = false;

  constructor(services: Services) {
    this.#services = services;
  }

  /** Ends executions that a killed endpoint left in progress. Must be called before `start`. */
  recover(): void {
    const { now, store } = this.#services;
    const { executions } = store;
    for (const execution of executions.values()) {
      if (!isOver(execution)) executions.change(execution.arn, interrupted(execution, cutOff, this.#services.now()));
    }
    for (const kind of localJobKinds) stopLeftJobs(store, kind, now());
  }

  /** Starts an execution whose record is already stored. */
  start(execution: ExecutionRecord): void {
    const stop = new AbortController();
    const changed = new EventTarget();
    const run = runExecution(execution.arn, this.#services, stop.signal, () => this.#closing, changed);
    const done = run.finally(() => this.#running.delete(execution.arn));
    this.#running.set(execution.arn, { stop, changed, done });
  }

  /** Starts more steps after an execution's maximum of parallel steps was raised. */
  limitChanged(arn: string): void {
    this.#running.get(arn)?.changed.dispatchEvent(new Event("limit"));
  }

  /**
   * Stops the running jobs. The execution becomes `Stopped` when they have ended.
   *
   * @param stopToken the request's client token; a request that repeats it does nothing
   */
  stop(execution: ExecutionRecord, stopToken?: string): void {
    const running = execution.steps.filter(({ status }) => status === "Executing" || status === "Starting");
    this.#services.store.executions.change(execution.arn, {
      progress: { status: "Stopping", modifiedTime: this.#services.now(), stopToken },
      steps: running.map((step) => ({ ...step, status: "Stopping" })),
    });
    this.#running.get(execution.arn)?.stop.abort();
  }

  /** Stops all running executions and their jobs, and waits for their end. */
  async close(): Promise<void> {
    this.#closing = true;
    const running = [...this.#running.values()];
    for (const each of running) each.stop.abort();
    await Promise.all(running.map((each) => each.done));
  }
}
