import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { limits } from "../../pipelines/sagemaker/service/limits.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { cacheKey, findCached } from "./cache-key.ts";
import { concurrency } from "./concurrency.ts";
import { evaluate } from "./expression.ts";
import { type GraphNode, graphOf } from "./graph.ts";
import { cutOff, finished, interrupted } from "./outcome.ts";
import { isRecord } from "./property-path.ts";
import { runStep, type StepEnd } from "./run-step.ts";
import { schedule } from "./schedule.ts";
import { scopeOf } from "./scope.ts";
import type { Services } from "./services.ts";

/** SageMaker cuts a failure reason there. */
const longestReason = limits.stepFailureReasonCharacters;

/** Runs an execution to its end: begins every step as soon as it can begin. Never rejects. */
export async function runExecution(
  arn: string,
  services: Services,
  signal: AbortSignal,
  closing: () => boolean,
): Promise<void> {
  const run = new Run(arn, services, signal);
  try {
    await run.toEnd();
    run.update((record) =>
      closing() ? interrupted(record, cutOff, services.now()) : finished(record, services.now()),
    );
  } catch (error) {
    // The state cannot be written any more. What is in memory still tells whoever asks.
    const reason = error instanceof Error ? error.message : String(error);
    services.log(`${arn}: ${reason}`);
    services.store.executions.keep(arn, interrupted(run.record, reason, services.now()));
  }
}

class Run {
  readonly #arn: string;
  readonly #services: Services;
  readonly #signal: AbortSignal;
  readonly #graph: readonly GraphNode[];
  readonly #running = new Map<string, Promise<void>>();

  constructor(arn: string, services: Services, signal: AbortSignal) {
    this.#arn = arn;
    this.#services = services;
    this.#signal = signal;
    this.#graph = graphOf(this.record.definition);
  }

  get record(): ExecutionRecord {
    const record = this.#services.store.executions.get(this.#arn);
    if (record === undefined) throw new Error(`${this.#arn} is not stored`);
    return record;
  }

  update(change: (record: ExecutionRecord) => ExecutionRecord): void {
    this.#services.store.executions.put(this.#arn, change(this.record));
  }

  async toEnd(): Promise<void> {
    const limit = concurrency(this.record.maxParallelSteps);
    for (;;) {
      const progress = this.record.steps.map((step) => ({ ...step, outcome: step.metadata?.Condition?.Outcome }));
      const next = schedule(this.#graph, progress, this.#signal.aborted ? 0 : limit);
      for (const node of next.start) this.#begin(node);
      if (this.#running.size === 0) return;
      await Promise.race(this.#running.values());
    }
  }

  #begin(node: GraphNode): void {
    const { Name, Type } = node.step;
    const step: StepRecord = { name: Name, type: Type, status: "Starting", startTime: this.#services.now() };
    this.update((record) => ({ ...record, steps: [...record.steps, step], modifiedTime: step.startTime }));
    const done = this.#run(node).then((end) => {
      this.#running.delete(Name);
      this.#change(Name, { ...end, endTime: this.#services.now() });
    });
    this.#running.set(Name, done);
  }

  async #run(node: GraphNode): Promise<Partial<StepRecord>> {
    try {
      return await this.#hitOrRun(node);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { status: "Failed", failureReason: reason.slice(0, longestReason) };
    }
  }

  async #hitOrRun(node: GraphNode): Promise<Partial<StepRecord>> {
    const { step } = node;
    const resolved = await this.#arguments(node);
    const key = cacheKey(step.Type, resolved);
    const hit = key === undefined || step.CacheConfig?.Enabled !== true ? undefined : this.#cached(node, key);
    if (hit !== undefined) {
      const { metadata, properties } = hit.step;
      return {
        status: "Succeeded",
        cacheSource: hit.executionArn,
        ...(metadata === undefined ? {} : { metadata }),
        ...(properties === undefined ? {} : { properties }),
      };
    }
    const end = await runStep({
      execution: this.record,
      step,
      arguments: resolved,
      services: this.#services,
      signal: this.#signal,
      started: (metadata) => this.#started(step.Name, metadata === undefined ? {} : { metadata }),
    });
    return { ...stored(end), ...(key === undefined ? {} : { cacheKey: key }) };
  }

  /** A branch's steps are not part of a condition's own arguments: their expressions have no values yet. */
  async #arguments(node: GraphNode): Promise<{ readonly [key: string]: Json }> {
    const { IfSteps: _if, ElseSteps: _else, ...rest } = node.step.Arguments ?? {};
    const own = node.step.Type === "Condition" ? rest : (node.step.Arguments ?? {});
    const value = await evaluate(own, scopeOf(this.record, this.#graph, this.#services));
    return isRecord(value) ? value : {};
  }

  #cached(node: GraphNode, key: string) {
    return findCached(this.#services.store.executions.values(), {
      pipelineArn: this.record.pipelineArn,
      step: node.step.Name,
      key,
      expireAfter: node.step.CacheConfig?.ExpireAfter,
      now: this.#services.now(),
    });
  }

  /** A step whose stop was asked for meanwhile stays `Stopping`. */
  #started(name: string, change: Partial<StepRecord>): void {
    const status = this.#signal.aborted ? "Stopping" : "Executing";
    this.#change(name, { ...change, status });
  }

  #change(name: string, change: Partial<StepRecord>): void {
    this.update((record) => ({
      ...record,
      steps: record.steps.map((step) => (step.name === name ? { ...step, ...change } : step)),
      modifiedTime: this.#services.now(),
    }));
  }
}

function stored(end: StepEnd): Partial<StepRecord> {
  const { failureReason, ...rest } = end;
  return failureReason === undefined ? rest : { ...rest, failureReason: failureReason.slice(0, longestReason) };
}
