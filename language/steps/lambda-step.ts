import type { Value } from "../expressions/expression.ts";
import {
  type AnsweringStep,
  type AnsweringStepOptions,
  answeringStep,
  type OutputParameterTypes,
} from "./answering-step.ts";

/** The function, what it is called with, and what it answers with. */
export interface LambdaStepOptions<Outputs extends OutputParameterTypes> extends AnsweringStepOptions<Outputs> {
  readonly functionArn: Value<string>;
}

/** A Lambda step, and each value of the function's answer. */
export type LambdaStep<Outputs extends OutputParameterTypes = OutputParameterTypes> = AnsweringStep<"Lambda", Outputs>;

/**
 * A step that calls a Lambda function, of at most 10 minutes.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda
 */
export function lambdaStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { functionArn, ...options }: LambdaStepOptions<Outputs>,
): LambdaStep<Outputs> {
  return answeringStep("Lambda", name, { FunctionArn: functionArn }, options);
}
