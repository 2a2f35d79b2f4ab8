import { isModelPackageArn } from "../../aws/arn.ts";
import { ExitError, exitCode } from "../../exit-code.ts";

/** The option of commands about one registered model. */
export const modelOption = { model: { type: "string" } } as const;

/** Reads `--model`. @throws ExitError (2) for anything but the ARN of a model package */
export function parseModel(model: string | undefined): string {
  if (model !== undefined && isModelPackageArn(model)) return model;
  throw new ExitError(exitCode.usage, `--model takes the ARN of a model package, not "${model ?? ""}".`);
}
