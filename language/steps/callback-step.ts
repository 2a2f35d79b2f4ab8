import type { Value } from "../expressions/expression.ts";
import {
  type AnsweringStep,
  type AnsweringStepOptions,
  answeringStep,
  type OutputParameterTypes,
} from "./answering-step.ts";

/** The queue, what it is told, and what the answer carries. */
export interface CallbackStepOptions<Outputs extends OutputParameterTypes> extends AnsweringStepOptions<Outputs> {
  readonly sqsQueueUrl: Value<string>;
}

/** A callback step, and each value of its answer. */
export type CallbackStep<Outputs extends OutputParameterTypes = OutputParameterTypes> = AnsweringStep<
  "Callback",
  Outputs
>;

/**
 * A step that sends a message to a queue and waits until someone answers with `SendPipelineExecutionStepSuccess`.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-callback
 */
export function callbackStep<const Outputs extends OutputParameterTypes = Record<never, never>>(
  name: string,
  { sqsQueueUrl, ...options }: CallbackStepOptions<Outputs>,
): CallbackStep<Outputs> {
  return answeringStep("Callback", name, { SqsQueueUrl: sqsQueueUrl }, options);
}
