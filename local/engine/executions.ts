import type { ExecutionRecord } from "../state/execution-record.ts";
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
    const { executions } = this.#services.store;
    for (const execution of executions.values()) {
      if (!isOver(execution)) executions.change(execution.arn, interrupted(execution, cutOff, this.#services.now()));
    }
    this.#endJobs();
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

  #endJobs(): void {
    const { processingJobs, trainingJobs, transformJobs } = this.#services.store;
    const LastModifiedTime = this.#services.now();
    for (const job of processingJobs.values()) {
      if (job.ProcessingJobStatus !== "InProgress") continue;
      processingJobs.put(job.ProcessingJobArn, {
        ...job,
        ...{ LastModifiedTime, ProcessingEndTime: LastModifiedTime },
        ProcessingJobStatus: "Stopped",
      });
    }
    for (const job of transformJobs.values()) {
      if (job.TransformJobStatus !== "InProgress") continue;
      transformJobs.put(job.TransformJobArn, {
        ...job,
        TransformEndTime: LastModifiedTime,
        TransformJobStatus: "Stopped",
      });
    }
    for (const job of trainingJobs.values()) {
      if (job.TrainingJobStatus !== "InProgress") continue;
      const status = { TrainingJobStatus: "Stopped", SecondaryStatus: "Stopped" } as const;
      const ended = { ...status, TrainingEndTime: LastModifiedTime };
      trainingJobs.put(job.TrainingJobArn, { ...job, ...ended, LastModifiedTime });
    }
  }
}
