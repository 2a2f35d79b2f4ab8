import { createHash } from "node:crypto";
import type { CommandOrigin } from "./command-origin.ts";
import { sortedJson } from "./sorted-json.ts";

/** What a command starts an execution for. Those of one command are never taken for another's. */
export type Purpose = "check-stack" | "run-pipeline";

/**
 * What makes two runs of a command the same one. Code and data are in it by their content: the definition and the
 * parameters name both by addresses that follow from it. The model that a check happens to compare with is not: a check
 * that was cut off after it approved its model goes on with what it had compared.
 */
export interface Identity {
  readonly purpose: Purpose;
  /** The pipeline's ARN: account, region, and the name that the stack chose. */
  readonly pipelineArn: string;
  /** SHA-256 of the definition. */
  readonly definition: string;
  /** Those that the user gives. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The model package that the user wants compared, if one is named. */
  readonly baseline?: string | undefined;
  /** The step that a part of the pipeline is run from. */
  readonly fromStep?: string | undefined;
  readonly origin: CommandOrigin;
}

/** SHA-256 of an identity; the order of its parameters does not matter. */
export function identityDigest(identity: Identity): string {
  return createHash("sha256").update(sortedJson(identity)).digest("hex");
}

/**
 * The ClientRequestToken of an execution, 64 characters of the 32 to 128 that SageMaker takes: with the same one it answers
 * with the same execution. It follows from the identity and from the execution of that identity before this one, so that
 * all who start the next one at the same time, on whatever machines, start one.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
 *
 * @param predecessor ARN of the execution of this identity that has its verdict, if there is one
 */
export function startToken(digest: string, predecessor?: string): string {
  return createHash("sha256")
    .update(`${digest} ${predecessor ?? ""}`)
    .digest("hex");
}
