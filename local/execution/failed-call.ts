import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { stepViolations } from "../service-model/step-violations.ts";
import type { StepRun } from "./run-step.ts";

/**
 * How SageMaker Pipelines says that a call it makes for a step was refused. Seen in failure reasons of real executions:
 * `ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: ...`.
 *
 * @param operation `CreateTrainingJob`
 */
function failedCall(operation: string, details: string): Error {
  return new Error(`ClientError: Failed to invoke sagemaker:${operation}. Error Details: ${details}`);
}

/** The result of a call that a pipeline makes for a step. @throws Error in SageMaker's words for one that is refused */
export function invoke<Result>(operation: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw failedCall(operation, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Refuses a request that the service would not take. What a definition says outright was held against the service's model when
 * the pipeline was made; this is for what only an execution knows.
 *
 * @param given the request's members, evaluated
 * @throws Error in SageMaker's words
 */
export function checkRequest({ services, step }: StepRun, operation: string, given: Json): void {
  const violations = stepViolations(services.model, step.Type, given);
  if (violations.length === 0) return;
  const count = violations.length === 1 ? "1 validation error" : `${violations.length} validation errors`;
  throw failedCall(operation, `${count} detected: ${violations.join("; ")}`);
}
