import type { Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import type { JobStep } from "./step.ts";
import type { StepOptions } from "./step-options.ts";

/** The message of a Fail step. */
export interface FailStepOptions extends StepOptions {
  /** The text that the execution's failure reason shows. */
  readonly errorMessage?: Value<string>;
}

/** A Fail step. It has no properties or outputs. */
export interface FailStep extends JobStep {
  readonly type: "Fail";
}

/**
 * Declares a step that ends the execution as `Failed`, with a message.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail
 */
export function failStep(name: string, { errorMessage = "", ...options }: FailStepOptions = {}): FailStep {
  const { properties: _, ...data } = jobStepData("Fail", name, { arguments: { ErrorMessage: errorMessage } }, options);
  return Object.freeze(data);
}
