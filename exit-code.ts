/** The exit codes of the commands; `check-stack` uses all of them. */
export const exitCode = {
  pass: 0,
  regression: 1,
  usage: 2,
  executionFailed: 3,
  deadline: 4,
  evaluation: 5,
  aws: 6,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** An expected error that ends a command. The message is one line for the user: what is wrong, the value that was given, the fix. */
export class ExitError extends Error {
  override readonly name = "ExitError";
  readonly code: ExitCode;

  constructor(code: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
