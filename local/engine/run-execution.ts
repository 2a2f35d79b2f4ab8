import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { concurrency } from "./concurrency.ts";
import { type GraphNode, graphOf } from "./graph.ts";
import { cutOff, finished, interrupted } from "./outcome.ts";
import { Scheduler, type StepOutcome } from "./scheduler.ts";
import { selectedGraph } from "./selective-execution.ts";
import { StepAttempts } from "./step-attempts.ts";
import type { Services } from "./steps/services.ts";

/**
 * Runs an execution to its end. It starts every step as soon as the step's dependencies are met. The promise never
 * rejects.
 *
 * @param signal stops the execution
 * @param closing returns whether the endpoint is ending
 * @param changed emits `limit` when the maximum of parallel steps was raised
 */
export async function runExecution(
  arn: string,
  services: Services,
  signal: AbortSignal,
  closing: () => boolean,
  changed: EventTarget,
): Promise<void> {
  const { executions } = services.store;
  try {
    const run = new Run(arn, services, signal);
    await run.toEnd(changed);
    const record = run.record;
    executions.change(
      arn,
      closing()
        ? interrupted(record, cutOff, services.now())
        : finished(record, run.scheduler.handledFailures, services.now()),
    );
  } catch (error) {
    // The disk is full or broken. Clients still get the execution's end from memory.
    const reason = error instanceof Error ? error.message : String(error);
    services.log(`${arn}: ${reason}`);
    const record = executions.get(arn);
    if (record !== undefined) executions.keep(arn, interrupted(record, reason, services.now()));
  }
}

class Run {
  readonly scheduler: Scheduler;
  readonly #arn: string;
  readonly #services: Services;
  readonly #signal: AbortSignal;
  readonly #attempts: StepAttempts;
  #running = 0;

  constructor(arn: string, services: Services, signal: AbortSignal) {
    this.#arn = arn;
    this.#services = services;
    this.#signal = signal;
    const graph = selectedGraph(graphOf(this.record.definition), this.record.selection?.steps);
    this.scheduler = new Scheduler(graph);
    // Steps that have ended: before a retry, or in the source execution of a selective execution.
    const before = this.record.steps.flatMap(outcomeOf);
    for (const outcome of before) this.scheduler.ended(outcome);
    for (const { name } of before) this.scheduler.skip(name);
    this.#attempts = new StepAttempts(arn, services, signal);
  }

  get record(): ExecutionRecord {
    const record = this.#services.store.executions.get(this.#arn);
    if (record === undefined) throw new Error(`${this.#arn} is not stored`);
    return record;
  }

  /** Runs steps until no step is running and no other step can start. */
  toEnd(changed: EventTarget): Promise<void> {
    return new Promise((resolve, reject) => {
      const fill = () => {
        try {
          this.#fill((ended) => ended.then(fill, reject));
          if (this.#running === 0) resolve();
        } catch (error) {
          reject(error);
        }
      };
      this.#signal.addEventListener("abort", () => this.scheduler.halt(), { once: true });
      if (this.#signal.aborted) this.scheduler.halt();
      changed.addEventListener("limit", fill);
      fill();
    });
  }

  /** Starts steps that are ready, up to the maximum of parallel steps. */
  #fill(begun: (ended: Promise<void>) => void): void {
    const limit = concurrency(this.record.maxParallelSteps);
    while (this.#running < limit) {
      const node = this.scheduler.next();
      if (node === undefined) return;
      this.#running++;
      begun(this.#run(node));
    }
  }

  async #run(node: GraphNode): Promise<void> {
    try {
      const ended = await this.#attempts.run(node);
      for (const outcome of outcomeOf(ended)) this.scheduler.ended(outcome);
    } finally {
      this.#running--;
    }
  }
}

/** Returns the outcome of a step, or an empty list if the step has not ended. */
function outcomeOf({ name, status, metadata }: StepRecord): readonly StepOutcome[] {
  if (status !== "Succeeded" && status !== "Failed" && status !== "Stopped") return [];
  return [{ name, status, condition: metadata?.Condition?.Outcome }];
}
