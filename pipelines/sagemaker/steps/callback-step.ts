import type { Value } from "../expressions/expression.ts";
import { jobStepData } from "./job-step.ts";
import type { Payload } from "./lambda-step.ts";
import {
  type OutputParameters,
  type OutputParameterTypes,
  outputParameterList,
  outputParameters,
} from "./output-parameters.ts";
import type { JobStep } from "./step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** The queue, what it is told, and what the answer carries. */
export interface CallbackStepOptions<Outputs extends OutputParameterTypes> extends CacheableStepOptions {
  readonly sqsQueueUrl: Value<string>;
  /** The arguments in the message that the queue gets, beside the token to answer with. */
  readonly inputs?: Payload | undefined;
  /** What the answer carries, by name and type. */
  readonly outputs?: Outputs | undefined;
}

/** A callback step, and each value of its answer. */
export interface CallbackStep<Outputs extends OutputParameterTypes = OutputParameterTypes> extends JobStep {
  readonly type: "Callback";
  readonly outputs: OutputParameters<Outputs>;
}

/**
 * A step that sends a message to a queue and waits until someone answers with `SendPipelineExecutionStepSuccess`.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-callback
 */
export function callbackStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { sqsQueueUrl, inputs = {}, outputs = {} as Outputs, ...options }: CallbackStepOptions<Outputs>,
): CallbackStep<Outputs> {
  const members = { SqsQueueUrl: sqsQueueUrl, OutputParameters: outputParameterList(outputs) };
  const { properties: _, ...data } = jobStepData("Callback", name, { arguments: inputs, members }, options);
  return Object.freeze({ ...data, outputs: outputParameters(name, outputs) });
}
