import type { Condition } from "../condition.ts";
import type { ConditionStep, Step, StepOptions } from "./step.ts";

export interface ConditionStepOptions extends StepOptions {
  /** All of them have to hold. */
  readonly conditions: readonly Condition[];
  readonly ifSteps?: readonly Step[];
  readonly elseSteps?: readonly Step[];
}

/**
 * A step that runs `ifSteps` when every condition holds and `elseSteps` otherwise.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export function conditionStep(
  name: string,
  { conditions, ifSteps = [], elseSteps = [], ...options }: ConditionStepOptions,
): ConditionStep {
  return Object.freeze({ kind: "step", type: "Condition", name, conditions, ifSteps, elseSteps, options });
}
