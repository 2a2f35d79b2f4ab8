import type { Value } from "../expressions/expression.ts";
import {
  type AnsweringStep,
  type AnsweringStepOptions,
  answeringStep,
  type OutputParameterTypes,
} from "./answering-step.ts";

/** The queue, the inputs of the message, and the values of the answer. */
export interface CallbackStepOptions<Outputs extends OutputParameterTypes> extends AnsweringStepOptions<Outputs> {
  readonly sqsQueueUrl: Value<string>;
}

/** A Callback step, with the values of its answer as outputs. */
export type CallbackStep<Outputs extends OutputParameterTypes = OutputParameterTypes> = AnsweringStep<
  "Callback",
  Outputs
>;

/**
 * Declares a step that sends a message to a queue and waits for an answer (`SendPipelineExecutionStepSuccess`).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-callback
 */
export function callbackStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { sqsQueueUrl, ...options }: CallbackStepOptions<Outputs>,
): CallbackStep<Outputs> {
  return answeringStep("Callback", name, { SqsQueueUrl: sqsQueueUrl }, options);
}
