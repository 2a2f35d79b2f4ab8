import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { concurrency } from "./concurrency.ts";
import { type GraphNode, graphOf } from "./graph.ts";
import { cutOff, finished, interrupted } from "./outcome.ts";
import { Scheduler, type StepOutcome } from "./scheduler.ts";
import { selectedGraph } from "./selective-execution.ts";
import { StepAttempts } from "./step-attempts.ts";
import type { Services } from "./steps/services.ts";

/**
 * Runs an execution to its end: begins every step as soon as it can begin. Never rejects.
 *
 * @param changed hears `limit` when more steps may run side by side than before
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
    // The state cannot be written any more. What is in memory still tells whoever asks.
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
    // What has run already: before a retry, or in the execution that a selective one takes from.
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

  /** Resolves when nothing runs and nothing can begin. */
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

  /** Begins steps while there are some and there is room. */
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

/** How a step ended, if it did. */
function outcomeOf({ name, status, metadata }: StepRecord): readonly StepOutcome[] {
  if (status !== "Succeeded" && status !== "Failed" && status !== "Stopped") return [];
  return [{ name, status, condition: metadata?.Condition?.Outcome }];
}
