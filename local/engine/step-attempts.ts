import { isFresh } from "../../service-model/cache-lifetime.ts";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import { limits } from "../../service-model/limits.ts";
import { isRecord } from "../../service-model/property-path.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import { ownArguments } from "../../service-model/step-graph.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { cacheKey } from "./cache-key.ts";
import { type ExpressionScope, evaluate } from "./expressions/expression.ts";
import type { GraphNode } from "./graph.ts";
import { isRetried, noRetryPolicy, retryDelay, retryException } from "./retry-policy.ts";
import { runStep } from "./run-step.ts";
import { scopeOf } from "./scope.ts";
import type { Services } from "./steps/services.ts";
import type { StepEnd } from "./steps/step-run.ts";

/** Runs the steps of an execution, with the step cache and retry policies, and stores their records. */
export class StepAttempts {
  readonly #arn: string;
  readonly #services: Services;
  readonly #signal: AbortSignal;
  readonly #scope: ExpressionScope;

  constructor(arn: string, services: Services, signal: AbortSignal) {
    this.#arn = arn;
    this.#services = services;
    this.#signal = signal;
    this.#scope = scopeOf(this.#execution, services);
  }

  get #execution(): ExecutionRecord {
    const record = this.#services.store.executions.get(this.#arn);
    if (record === undefined) throw new Error(`${this.#arn} is not stored`);
    return record;
  }

  /** Runs a step to its end and returns its record. @throws LocalError `disk-full` if the record cannot be stored */
  async run(node: GraphNode): Promise<StepRecord> {
    const { Name: name, Type: type, RetryPolicies } = node.step;
    const startTime = this.#services.now();
    this.#put({ name, type, status: "Starting", startTime, attempts: 1 });
    const failures: Partial<Record<RetryException, number>> = {};
    for (let count = 1; ; count++) {
      const end = await this.#attempt(node);
      const exception = end.status === "Failed" ? retryException(end.failureReason ?? "") : undefined;
      if (exception === undefined || this.#signal.aborted) return this.#end(name, end);
      failures[exception] = (failures[exception] ?? 0) + 1;
      const elapsed = this.#services.now() - startTime;
      const delay = retryDelay(RetryPolicies, exception, { failures, elapsed });
      if (delay === undefined) return this.#end(name, { ...end, ...this.#given(node, end, exception) });
      await this.#services.sleep(delay, this.#signal);
      if (this.#signal.aborted) return this.#end(name, { status: "Stopped" });
      this.#change(name, { status: "Starting", attempts: count + 1 });
    }
  }

  /** Returns the failure reason, which says so if no retry policy names the exception. */
  #given({ step }: GraphNode, end: Partial<StepRecord>, exception: RetryException): Pick<StepRecord, "failureReason"> {
    const named = isRetried(step.RetryPolicies, exception);
    const reason = end.failureReason ?? "";
    return { failureReason: cut(named ? reason : `${reason}\n${noRetryPolicy(this.#arn, step.Name, exception)}`) };
  }

  async #attempt(node: GraphNode): Promise<Partial<StepRecord> & Pick<StepRecord, "status">> {
    try {
      return await this.#hitOrRun(node);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { status: "Failed", failureReason: cut(reason) };
    }
  }

  async #hitOrRun({ step }: GraphNode): Promise<Partial<StepRecord> & Pick<StepRecord, "status">> {
    const resolved = await this.#arguments(step);
    const key = cacheKey(step, resolved);
    const hit = key === undefined || step.CacheConfig?.Enabled !== true ? undefined : this.#cached(step, key);
    if (hit !== undefined) {
      const { metadata, properties } = hit.step;
      return {
        status: "Succeeded",
        cacheSource: hit.executionArn,
        ...defined({ metadata, properties }),
      };
    }
    const end = await runStep({
      execution: this.#execution,
      step,
      arguments: resolved,
      services: this.#services,
      signal: this.#signal,
      // A step that is being stopped stays `Stopping`.
      started: (metadata) =>
        this.#change(step.Name, {
          status: this.#signal.aborted ? "Stopping" : "Executing",
          ...defined({ metadata }),
        }),
    });
    return { ...stored(end), ...defined({ cacheKey: key }) };
  }

  /**
   * Evaluates a step's arguments. Leaves out the steps in a condition's branches, whose expressions have no values yet.
   */
  async #arguments(step: GraphNode["step"]): Promise<{ readonly [key: string]: Json }> {
    const value = await evaluate(ownArguments(step), this.#scope);
    return isRecord(value) ? value : {};
  }

  #cached(step: GraphNode["step"], key: string) {
    const { pipelineArn } = this.#execution;
    const cached = this.#services.store.executions.cached({ pipelineArn, step: step.Name, key });
    if (cached === undefined) return undefined;
    const fresh = isFresh(cached.step.endTime ?? 0, step.CacheConfig?.ExpireAfter, this.#services.now());
    return fresh ? cached : undefined;
  }

  #end(name: string, end: Partial<StepRecord>): StepRecord {
    return this.#change(name, { ...end, endTime: this.#services.now() });
  }

  #change(name: string, change: Partial<StepRecord>): StepRecord {
    const step = this.#services.store.executions.step(this.#arn, name);
    if (step === undefined) throw new Error(`the step ${name} of ${this.#arn} is not stored`);
    return this.#put({ ...step, ...change });
  }

  #put(step: StepRecord): StepRecord {
    const progress = { modifiedTime: this.#services.now() };
    this.#services.store.executions.change(this.#arn, { progress, steps: [step] });
    return step;
  }
}

function cut(reason: string): string {
  return reason.slice(0, limits.stepFailureReasonCharacters);
}

function stored(end: StepEnd): Partial<StepRecord> & Pick<StepRecord, "status"> {
  const { failureReason, ...rest } = end;
  return failureReason === undefined ? rest : { ...rest, failureReason: cut(failureReason) };
}
