/** An error that AWS would answer, with AWS's own type and message. */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.type = type;
    this.status = status;
  }
}

export function validationError(message: string): AwsError {
  return new AwsError("ValidationException", message);
}

/** Returns SageMaker's `ResourceNotFound`. Its type does not end with `Exception`, as that of other services does. */
export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFound", message);
}
