/** What can keep the local endpoint from doing its work, apart from a defect of its own. */
export type LocalErrorCode =
  | "usage"
  | "port-in-use"
  | "state-in-use"
  | "python-missing"
  | "no-network"
  | "disk-full"
  | "environment"
  | "data"
  | "deploy";

/** Whether an error is one of Node.js or the system with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** A failure that the user can mend. The message is one line: what happened, what was got, what to do. */
export class LocalError extends Error {
  override readonly name = "LocalError";
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
