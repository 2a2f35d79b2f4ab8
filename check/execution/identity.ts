import { createHash } from "node:crypto";
import type { CommandOrigin } from "./command-origin.ts";
import { sortedJson } from "./sorted-json.ts";

/** The command that starts an execution. A command never follows an execution of the other command. */
export type Purpose = "check-stack" | "run-pipeline";

/**
 * The inputs that must be equal for two commands to share an execution. Code and data count by their content, because their
 * S3 URIs contain its hash. The baseline does not count unless the user names it, so that a check that was interrupted after
 * it approved its model continues with the same execution.
 */
export interface Identity {
  readonly purpose: Purpose;
  /** The pipeline's ARN: account, region, and the name that the stack chose. */
  readonly pipelineArn: string;
  /** SHA-256 of the definition. */
  readonly definition: string;
  /** The pipeline parameters that the user gives. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The value of `--baseline`, if the user gives one. */
  readonly baseline?: string | undefined;
  /** The value of `--from-step`, if the user gives one. */
  readonly fromStep?: string | undefined;
  readonly origin: CommandOrigin;
}

/** Returns the SHA-256 of an identity, with or without its origin. The order of its parameters does not matter. */
export function identityDigest(identity: Omit<Identity, "origin"> | Identity): string {
  return createHash("sha256").update(sortedJson(identity)).digest("hex");
}

/**
 * Returns the ClientRequestToken of an execution, with 64 characters (SageMaker takes 32 to 128). SageMaker answers an equal
 * token with the same execution. The token depends on the identity and its last judged execution, so that commands that start
 * the next execution at the same time, on any machines, start only one.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 *
 * @param predecessor the ARN of the last execution of this identity that has a verdict, if there is one
 */
export function startToken(digest: string, predecessor?: string): string {
  return createHash("sha256")
    .update(`${digest} ${predecessor ?? ""}`)
    .digest("hex");
}
