import type { Expression, Primitive, Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import {
  type OutputParameters,
  type OutputParameterTypes,
  outputParameterList,
  outputParameters,
} from "./output-parameters.ts";
import type { JobStep } from "./step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** A JSON value that a function or a queue is given, any part of which may be an expression. */
export type Payload = { readonly [key: string]: PayloadValue };
export type PayloadValue = Primitive | null | Expression | readonly PayloadValue[] | Payload;

/** The function, what it is called with, and what it answers with. */
export interface LambdaStepOptions<Outputs extends OutputParameterTypes> extends CacheableStepOptions {
  readonly functionArn: Value<string>;
  /** The event that the function is called with. */
  readonly inputs?: Payload | undefined;
  /** What the function answers with, by name and type. */
  readonly outputs?: Outputs | undefined;
}

/** A Lambda step, and each value of the function's answer. */
export interface LambdaStep<Outputs extends OutputParameterTypes = OutputParameterTypes> extends JobStep {
  readonly type: "Lambda";
  readonly outputs: OutputParameters<Outputs>;
}

/**
 * A step that calls a Lambda function, of at most 10 minutes.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-lambda
 */
export function lambdaStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { functionArn, inputs = {}, outputs = {} as Outputs, ...options }: LambdaStepOptions<Outputs>,
): LambdaStep<Outputs> {
  const members = { FunctionArn: functionArn, OutputParameters: outputParameterList(outputs) };
  const { properties: _, ...data } = jobStepData("Lambda", name, { arguments: inputs, members }, options);
  return Object.freeze({ ...data, outputs: outputParameters(name, outputs) });
}
