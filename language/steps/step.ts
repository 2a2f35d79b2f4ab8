import type { Trigger } from "../../service-model/definition.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";
import type { JobStepType } from "../../service-model/step-types.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Condition } from "../expressions/condition.ts";
import type { IterationOutput, PropertyFile, Value } from "../expressions/expression.ts";

/** The arguments of a step: the service's request in which any part may be an expression. */
export type ArgumentTree = object;

/** A step that has to end first; without a trigger, successfully. */
export interface Dependency {
  readonly kind: "dependency";
  readonly step: string;
  readonly trigger?: Trigger;
}

/** Reuse of an earlier run of the same step with equal arguments, for `expireAfter` (ISO 8601, such as `P30D`). */
export interface CacheConfig {
  readonly enabled: boolean;
  readonly expireAfter?: string;
}

/** How often to try a step again, as data: either limit, never both. */
export interface RetryPolicy {
  readonly exceptions: readonly RetryException[];
  readonly backoffRate?: number;
  readonly intervalSeconds?: number;
  readonly maxAttempts?: number;
  readonly expireAfterMinutes?: number;
}

/** What every step has, as the definition shows it. */
export interface StepData {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly dependsOn?: readonly Dependency[];
  readonly cache?: CacheConfig;
  readonly retry?: readonly RetryPolicy[];
  /** What steps of the type have beside their `Arguments`, such as a Lambda step's `FunctionArn`. */
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

/** A step that decides between two branches. */
export interface ConditionStep extends StepData {
  readonly kind: "condition";
  readonly type: "Condition";
  readonly conditions: readonly Condition[];
  readonly ifSteps?: readonly Step[];
  readonly elseSteps?: readonly Step[];
}

/** The one iteration whose output a ForEach step offers as selected. */
export interface Selector {
  readonly pick: "MaxBy" | "MinBy";
  readonly field: IterationOutput;
}

/** A step that runs its body for each item. */
export interface ForEachStepData extends StepData {
  readonly kind: "for-each";
  readonly type: "ForEach";
  readonly items: Value<string> | readonly Value<string | number | boolean>[];
  readonly maxConcurrency: number;
  readonly selector?: Selector;
  readonly steps: readonly Step[];
}

/** Frozen data, made by the function of its type and rendered by `render-pipeline.ts`. */
export type Step = JobStep | ConditionStep | ForEachStepData;

/** The steps directly inside of a step: its branches or its body. */
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

/** Every step, those inside of others included, in the order of the definition. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => (step.kind === "job" ? [step] : [step, ...allSteps(childSteps(step))]));
}
