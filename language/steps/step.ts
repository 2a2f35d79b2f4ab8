import type { Trigger } from "../../service-model/definition.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import type { JobStepType } from "../../service-model/step-types.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Condition } from "../expressions/condition.ts";
import type { IterationOutput, PropertyFile, Value } from "../expressions/expression.ts";

/** The arguments of a step: a request of the API in which any part may be an expression. */
export type ArgumentTree = object;

/** A step that must end first: successfully, or with the outcome that `trigger` names. */
export interface Dependency {
  readonly kind: "dependency";
  readonly step: string;
  readonly trigger?: Trigger;
}

/** The step cache: results of the same step with equal arguments are reused for `expireAfter` (ISO 8601, `P30D`). */
export interface CacheConfig {
  readonly enabled: boolean;
  readonly expireAfter?: string;
}

/** A retry policy, with exactly one of `maxAttempts` and `expireAfterMinutes`. */
export interface RetryPolicy {
  readonly exceptions: readonly RetryException[];
  readonly backoffRate?: number;
  readonly intervalSeconds?: number;
  readonly maxAttempts?: number;
  readonly expireAfterMinutes?: number;
}

/** The members that every step of a definition may have. */
export interface StepData {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly dependsOn?: readonly Dependency[];
  readonly cache?: CacheConfig;
  readonly retry?: readonly RetryPolicy[];
  /** The members of this step type beside `Arguments`, such as a Lambda step's `FunctionArn`. */
  readonly members?: ArgumentTree;
}

/** A step of any type that contains no other steps. */
export interface JobStep extends StepData {
  readonly kind: "job";
  readonly type: JobStepType;
  readonly arguments: ArgumentTree;
  readonly files?: readonly PropertyFile[];
  readonly assets?: readonly CodeAsset[];
}

/** A step that chooses between two branches. */
export interface ConditionStep extends StepData {
  readonly kind: "condition";
  readonly type: "Condition";
  readonly conditions: readonly Condition[];
  readonly ifSteps?: readonly Step[];
  readonly elseSteps?: readonly Step[];
}

/** The rule by which a ForEach step selects one iteration. */
export interface Selector {
  readonly pick: "MaxBy" | "MinBy";
  readonly field: IterationOutput;
}

/** A step that runs its body once for each item. */
export interface ForEachStepData extends StepData {
  readonly kind: "for-each";
  readonly type: "ForEach";
  readonly items: Value<string> | readonly Value<string | number | boolean>[];
  readonly maxConcurrency: number;
  readonly selector?: Selector;
  readonly steps: readonly Step[];
}

/** A step of a pipeline, as frozen data. `render-pipeline.ts` renders it. */
export type Step = JobStep | ConditionStep | ForEachStepData;

/** Returns the steps directly inside a step: those of its branches or its body. */
export function childSteps(step: Step): readonly Step[] {
  switch (step.kind) {
    case "condition":
      return [...(step.ifSteps ?? []), ...(step.elseSteps ?? [])];
    case "for-each":
      return step.steps;
    case "job":
      return [];
  }
}

/** Returns every step, nested ones included, in the order of the definition. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === "job" ? [step] : [step, ...allSteps(childSteps(step))]));
}
