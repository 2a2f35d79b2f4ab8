import { defined } from "../../service-model/defined.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import { dependency } from "./dependency.ts";
import type { CacheConfig, Dependency, RetryPolicy, Step, StepData } from "./step.ts";

/** What every step may say of itself. */
export interface StepOptions {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  /** Steps that have to end first although nothing of theirs is used; with `outcome(step, trigger)` however they end. */
  readonly dependsOn?: readonly (Step | Dependency)[] | undefined;
}

/** A step of a type whose results the service can keep. */
export interface CacheableStepOptions extends StepOptions {
  readonly cache?: CacheConfig | undefined;
}

/**
 * How to try a step again after one of `exceptions`: `intervalSeconds` (1) after the first failure, each next interval
 * `backoffRate` (2.0) times as long, `maxAttempts` (1-20) times or for `expireAfterMinutes` (at most 14,400).
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

/** A step of a type that the service can try again. */
export interface RetryableStepOptions extends StepOptions {
  readonly retry?: readonly RetryPolicyOptions[] | undefined;
}

/** A step of a type that can be both cached and tried again. */
export interface JobStepOptions extends CacheableStepOptions, RetryableStepOptions {}

function retryPolicy({ exceptions, backoffRate = 2, intervalSeconds = 1, ...limit }: RetryPolicyOptions): RetryPolicy {
  return Object.freeze({ exceptions, backoffRate, intervalSeconds, ...limit }) as RetryPolicy;
}

/** The data of a step that its options give. */
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
