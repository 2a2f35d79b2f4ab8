import { isModelPackageArn } from "../../aws/arn.ts";
import { ExitError, exitCode } from "../../exit-code.ts";

/** The value of `--baseline` that compares with no model. */
export const noBaseline = "none";

/** The ARN of the model package to compare with, or `none`. Without the option, the check uses the latest approved one. */
export type BaselineOption = typeof noBaseline | `arn:${string}`;

/**
 * Reads `--baseline`.
 *
 * @throws ExitError (2) for anything but `none` and the ARN of a model package
 */
export function parseBaseline(text: string | undefined): BaselineOption | undefined {
  if (text === undefined || text === noBaseline || isModelPackageArn(text)) return text;
  throw new ExitError(exitCode.usage, `--baseline takes the ARN of a model package, or none, not "${text}".`);
}
