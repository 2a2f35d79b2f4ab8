/** The kinds of problems that a user can fix. */
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

/** Tells whether an error of Node.js or the operating system has this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** A failure that the user can fix. The message is one line: what happened, the value that was given, the fix. */
export class LocalError extends Error {
  override readonly name = "LocalError";
  readonly code: LocalErrorCode;

  constructor(code: LocalErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
