import { randomBytes } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Random letters and digits. */
export function randomText(length: number, alphabet: string = letters): string {
  let text = "";
  // Bytes above the last whole multiple would favour the first letters.
  const limit = 256 - (256 % alphabet.length);
  while (text.length < length) {
    for (const byte of randomBytes(length)) if (byte < limit) text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}

/** Characters that SageMaker takes of a step's name, and of a prefix of the user's own. */
const longestStep = 20;
const longestPrefix = 38;

export interface NamedJob {
  readonly executionId: string;
  readonly step: string;
  /** The job's name in the definition, of a pipeline with `use_custom_job_prefix`. */
  readonly prefix?: unknown;
}

/**
 * The name SageMaker gives to a job of a pipeline's step: `pipelines-<execution id>-<step name, cut>-<10 random>`, or
 * `<prefix>-<execution id>-<10 random>`.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html#build-and-manage-step-permissions-prefix
 */
export function jobName({ executionId, step, prefix }: NamedJob, random: string = randomText(10)): string {
  const id = executionId.slice(0, 12);
  if (typeof prefix === "string" && prefix !== "") return `${prefix.slice(0, longestPrefix)}-${id}-${random}`;
  return `pipelines-${id}-${step.slice(0, longestStep)}-${random}`;
}
