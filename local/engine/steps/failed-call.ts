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
