import type { Value } from "../expressions/expression.ts";
import {
  type AnsweringStep,
  type AnsweringStepOptions,
  answeringStep,
  type OutputParameterTypes,
} from "./answering-step.ts";

/** The Lambda function, its inputs and the values of its answer. */
export interface LambdaStepOptions<Outputs extends OutputParameterTypes> extends AnsweringStepOptions<Outputs> {
  readonly functionArn: Value<string>;
}

/** A Lambda step, with the values of the function's answer as outputs. */
export type LambdaStep<Outputs extends OutputParameterTypes = OutputParameterTypes> = AnsweringStep<"Lambda", Outputs>;

/**
 * Declares a step that calls a Lambda function. The function may take up to 10 minutes.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda
 */
export function lambdaStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { functionArn, ...options }: LambdaStepOptions<Outputs>,
): LambdaStep<Outputs> {
  return answeringStep("Lambda", name, { FunctionArn: functionArn }, options);
}
