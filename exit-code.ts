/** What each exit code of the commands means; `check-stack` has them all. */
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

/** An expected end of a command. The message is one line for the user: what happened, what was got, what to do. */
export class ExitError extends Error {
  override readonly name = "ExitError";
  readonly code: ExitCode;

  constructor(code: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
