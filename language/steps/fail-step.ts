import type { Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import type { JobStep } from "./step.ts";
import type { StepOptions } from "./step-options.ts";

/** What a step that ends the execution says. */
export interface FailStepOptions extends StepOptions {
  /** What the execution's failure reason says. */
  readonly errorMessage?: Value<string>;
}

/** A step without results. */
export interface FailStep extends JobStep {
  readonly type: "Fail";
}

/**
 * A step that ends the execution as failed, with a message.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-fail
 */
export function failStep(name: string, { errorMessage = "", ...options }: FailStepOptions = {}): FailStep {
  const { properties: _, ...data } = jobStepData("Fail", name, { arguments: { ErrorMessage: errorMessage } }, options);
  return Object.freeze(data);
}
