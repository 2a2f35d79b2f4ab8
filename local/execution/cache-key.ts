import { createHash } from "node:crypto";
import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { durationSeconds } from "../../pipelines/sagemaker/service/duration.ts";
import { stepTypeFacts } from "../../pipelines/sagemaker/service/step-types.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { isList, isRecord } from "./property-path.ts";

/** SHA-256 of a step's key attributes, their expressions evaluated; undefined for a type that is never cached. */
export function cacheKey(stepType: string, resolved: { readonly [key: string]: Json }): string | undefined {
  const keys = stepTypeFacts(stepType)?.cacheKey;
  if (keys === undefined || keys === "all") return undefined;
  const argument = (path: string) =>
    path.split(".").reduce<Json>((value, key) => (isRecord(value) ? (value[key] ?? null) : null), resolved);
  const chosen = keys.map((key) => [key, canonical(argument(key))]);
  return createHash("sha256").update(JSON.stringify(chosen)).digest("hex");
}

/** The same value whatever the order of its keys. */
function canonical(value: Json): Json {
  if (isList(value)) return value.map(canonical);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}

export interface CacheHit {
  readonly executionArn: string;
  readonly step: StepRecord;
}

export interface CacheQuestion {
  readonly pipelineArn: string;
  readonly step: string;
  readonly key: string;
  /** ISO 8601; without it a run never grows too old. */
  readonly expireAfter?: string | undefined;
  /** Epoch seconds. */
  readonly now: number;
}

/** The latest successful run, itself not a hit, of the same step of the same pipeline with the same key. */
export function findCached(executions: readonly ExecutionRecord[], question: CacheQuestion): CacheHit | undefined {
  const lifetime = question.expireAfter === undefined ? undefined : durationSeconds(question.expireAfter);
  const oldest = lifetime === undefined ? Number.NEGATIVE_INFINITY : question.now - lifetime;
  let found: CacheHit | undefined;
  for (const execution of executions) {
    if (execution.pipelineArn !== question.pipelineArn) continue;
    for (const step of execution.steps) {
      if (step.name !== question.step || step.status !== "Succeeded" || step.cacheSource !== undefined) continue;
      const end = step.endTime ?? 0;
      if (step.cacheKey !== question.key || end < oldest || end <= (found?.step.endTime ?? 0)) continue;
      found = { executionArn: execution.arn, step };
    }
  }
  return found;
}
