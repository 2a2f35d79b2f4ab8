import type { Value } from "../expression.ts";
import type { JobStep, StepOptions } from "./step.ts";

export interface FailStepOptions extends StepOptions {
  readonly errorMessage: Value<string>;
}

export interface FailStep extends JobStep {
  readonly type: "Fail";
}

/**
 * A step that ends the execution as failed, with a message.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail
 */
export function failStep(name: string, { errorMessage, ...options }: FailStepOptions): FailStep {
  return Object.freeze({ kind: "step", type: "Fail", name, arguments: { ErrorMessage: errorMessage }, options });
}
