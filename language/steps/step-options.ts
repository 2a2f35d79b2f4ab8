import { defined } from "../../service-model/defined.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import { dependency } from "./dependency.ts";
import type { CacheConfig, Dependency, RetryPolicy, Step, StepData } from "./step.ts";

/** The options of every step. */
export interface StepOptions {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** Steps that must succeed first, beside those whose results the step uses. For other outcomes: {@link outcome}. */
  readonly dependsOn?: readonly (Step | Dependency)[] | undefined;
}

/** The options of a step whose type supports SageMaker's step cache. */
export interface CacheableStepOptions extends StepOptions {
  readonly cache?: CacheConfig | undefined;
}

/**
 * A rule for retries of a step after one of `exceptions`. SageMaker waits `intervalSeconds` (default: 1) before the
 * first retry and multiplies the wait by `backoffRate` (default: 2.0) after each one. It gives up after `maxAttempts`
 * (1 to 20) or after `expireAfterMinutes` (at most 14,400).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export type RetryPolicyOptions = {
  readonly exceptions: readonly [RetryException, ...RetryException[]];
  readonly backoffRate?: number;
  readonly intervalSeconds?: number;
} & (
  | { readonly maxAttempts: number; readonly expireAfterMinutes?: never }
  | { readonly expireAfterMinutes: number; readonly maxAttempts?: never }
);

/** The options of a step whose type supports retries. */
export interface RetryableStepOptions extends StepOptions {
  readonly retry?: readonly RetryPolicyOptions[] | undefined;
}

/** The options of a step whose type supports the step cache and retries. */
export interface JobStepOptions extends CacheableStepOptions, RetryableStepOptions {}

function retryPolicy({ exceptions, backoffRate = 2, intervalSeconds = 1, ...end }: RetryPolicyOptions): RetryPolicy {
  return Object.freeze({ exceptions, backoffRate, intervalSeconds, ...end }) as RetryPolicy;
}

/** Converts the options of a step to its frozen data. */
export function stepData(name: string, options: JobStepOptions): StepData {
  const { displayName, description, dependsOn, cache, retry } = options;
  return {
    name,
    ...defined({
      displayName,
      description,
      dependsOn: dependsOn && Object.freeze(dependsOn.map(dependency)),
      cache: cache && Object.freeze({ ...cache }),
      retry: retry && Object.freeze(retry.map(retryPolicy)),
    }),
  };
}
