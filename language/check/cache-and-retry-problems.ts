import { durationSeconds } from "../../service-model/duration.ts";
import { limits } from "../../service-model/limits.ts";
import { retryExceptions } from "../../service-model/retry-exception.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import type { RetryPolicy, Step } from "../steps/step.ts";
import { type Problem, shown } from "./problem.ts";

function cacheProblems({ name, type, cache }: Step): readonly Problem[] {
  if (cache === undefined) return [];
  const path = `Steps.${name}.CacheConfig`;
  if (stepTypeFacts(type)?.cacheKey === undefined)
    return [{ path, message: `is given, but SageMaker does not cache ${type} steps; leave it out` }];
  const { expireAfter } = cache;
  if (expireAfter === undefined || (durationSeconds(expireAfter) ?? 0) > 0) return [];
  return [
    {
      path: `${path}.ExpireAfter`,
      message: `is ${shown(expireAfter)}, which is not an ISO 8601 duration; write for example P30D (30 days) or PT12H (12 hours)`,
    },
  ];
}

const exceptions: ReadonlySet<string> = new Set(retryExceptions);

function inRange(value: number | undefined, least: number, most: number): boolean {
  return value === undefined || (value >= least && value <= most);
}

function isWholeInRange(value: number | undefined, least: number, most: number): boolean {
  return inRange(value, least, most) && (value === undefined || Number.isInteger(value));
}

function retryProblems(path: string, policy: RetryPolicy): readonly Problem[] {
  const { exceptions: given, backoffRate, intervalSeconds, maxAttempts, expireAfterMinutes } = policy;
  const problems: Problem[] = [];
  const unless = (holds: boolean, member: string, message: string) => {
    if (!holds) problems.push({ path: member === "" ? path : `${path}.${member}`, message });
  };
  unless(
    (maxAttempts === undefined) !== (expireAfterMinutes === undefined),
    "",
    maxAttempts === undefined
      ? "has neither MaxAttempts nor ExpireAfterMin; give one of them"
      : "has both MaxAttempts and ExpireAfterMin; give one of them",
  );
  unless(given.length > 0, "ExceptionType", `is empty; name at least one of ${[...exceptions].join(", ")}`);
  for (const name of given)
    unless(exceptions.has(name), "ExceptionType", `has ${shown(name)}; use one of ${[...exceptions].join(", ")}`);
  unless(
    isWholeInRange(maxAttempts, 1, limits.retryAttempts),
    "MaxAttempts",
    `is ${shown(maxAttempts)}; give a whole number from 1 to ${limits.retryAttempts}`,
  );
  unless(
    isWholeInRange(expireAfterMinutes, 1, limits.retryMinutes),
    "ExpireAfterMin",
    `is ${shown(expireAfterMinutes)}; give a whole number from 1 to ${limits.retryMinutes}`,
  );
  unless(
    inRange(backoffRate, 0, Number.MAX_VALUE),
    "BackoffRate",
    `is ${shown(backoffRate)}; give a number of at least 0`,
  );
  unless(
    isWholeInRange(intervalSeconds, 0, Number.MAX_SAFE_INTEGER),
    "IntervalSeconds",
    `is ${shown(intervalSeconds)}; give a whole number of at least 0`,
  );
  return problems;
}

/** Returns the problems with a step's cache configuration and retry policies. */
export function cacheAndRetryProblems(step: Step): readonly Problem[] {
  if (step.cache === undefined && step.retry === undefined) return [];
  const path = `Steps.${step.name}.RetryPolicies`;
  const { retry = [] } = step;
  if (retry.length > 0 && stepTypeFacts(step.type)?.retryable !== true)
    return [
      ...cacheProblems(step),
      { path, message: `are given, but SageMaker does not support them for ${step.type} steps; leave them out` },
    ];
  return [...cacheProblems(step), ...retry.flatMap((policy, index) => retryProblems(`${path}[${index}]`, policy))];
}
