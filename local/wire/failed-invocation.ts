/**
 * Returns the failure reason of a step whose request SageMaker rejected. AWS does not document the text; it comes from the
 * failure reasons of real executions: `ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: ...`.
 *
 * @param operation `CreateTrainingJob`
 */
export function failedInvocation(operation: string, details: string): string {
  return `ClientError: Failed to invoke sagemaker:${operation}. Error Details: ${details}`;
}

/** Returns the result of a call that a pipeline makes for a step. @throws Error with {@link failedInvocation} if the call fails */
export function invoke<Result>(operation: string, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw rejection(operation, error);
  }
}

/** Waits for a call that a pipeline makes for a step. @throws Error with {@link failedInvocation} if the call fails */
export async function invokeAndWait<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw rejection(operation, error);
  }
}

function rejection(operation: string, error: unknown): Error {
  return new Error(failedInvocation(operation, error instanceof Error ? error.message : String(error)), {
    cause: error,
  });
}
