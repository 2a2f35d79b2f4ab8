import type { Condition } from "../expressions/condition.ts";
import type { ConditionStep, Step } from "./step.ts";
import { type StepOptions, stepData } from "./step-options.ts";

/** The conditions and the two branches. */
export interface ConditionStepOptions extends StepOptions {
  /** All of them have to hold. */
  readonly conditions: readonly Condition[];
  readonly ifSteps?: readonly Step[];
  readonly elseSteps?: readonly Step[];
}

/**
 * A step that runs `ifSteps` when every condition holds and `elseSteps` otherwise. Either may be empty.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-condition
 */
export function conditionStep(
  name: string,
  { conditions, ifSteps = [], elseSteps = [], ...options }: ConditionStepOptions,
): ConditionStep {
  return Object.freeze({
    kind: "condition",
    type: "Condition",
    ...stepData(name, options),
    conditions: Object.freeze([...conditions]),
    ifSteps: Object.freeze([...ifSteps]),
    elseSteps: Object.freeze([...elseSteps]),
  });
}
