import type { Condition } from "../expressions/condition.ts";
import type { ConditionStep, Step } from "./step.ts";
import { type StepOptions, stepData } from "./step-options.ts";

/** The conditions of a Condition step and the steps of its two branches. */
export interface ConditionStepOptions extends StepOptions {
  /** The conditions, all of which must hold for `ifSteps` to run. */
  readonly conditions: readonly Condition[];
  readonly ifSteps?: readonly Step[];
  readonly elseSteps?: readonly Step[];
}

/**
 * Declares a step that runs `ifSteps` if every condition holds, and otherwise `elseSteps`. Either list may be empty.
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
