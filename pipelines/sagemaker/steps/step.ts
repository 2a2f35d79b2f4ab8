import type { CodeAsset } from "../code-asset.ts";
import type { Condition } from "../condition.ts";
import type { PropertyFile } from "../json-get.ts";

/** Reuse of an earlier run of the same step with equal arguments, for `expireAfter` (ISO 8601, such as `P30D`). */
export interface CacheConfig {
  readonly enabled: boolean;
  readonly expireAfter?: string;
}

/** What every step may say of itself. */
export interface StepOptions {
  readonly displayName?: string;
  readonly description?: string;
  /** Steps that have to end first although nothing of theirs is used. */
  readonly dependsOn?: readonly Step[];
}

export interface CacheableStepOptions extends StepOptions {
  readonly cache?: CacheConfig;
}

/** The arguments of a step: the service's request in which any part may be an expression. */
export type ArgumentTree = object;

export interface JobStep {
  readonly kind: "step";
  readonly type: "Processing" | "Training" | "RegisterModel" | "Fail";
  readonly name: string;
  readonly arguments: ArgumentTree;
  readonly options: CacheableStepOptions;
  readonly propertyFiles?: Readonly<Record<string, PropertyFile>>;
  readonly assets?: readonly CodeAsset[];
}

export interface ConditionStep {
  readonly kind: "step";
  readonly type: "Condition";
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly ifSteps: readonly Step[];
  readonly elseSteps: readonly Step[];
  readonly options: StepOptions;
}

export type Step = JobStep | ConditionStep;

/** Every step, those in the branches of conditions included, in the order of the definition. */
export function allSteps(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) =>
    step.type === "Condition" ? [step, ...allSteps(step.ifSteps), ...allSteps(step.elseSteps)] : [step],
  );
}
