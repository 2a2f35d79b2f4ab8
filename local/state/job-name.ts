import { randomBytes } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Returns a random text, of letters and digits by default. */
export function randomText(length: number, alphabet: string = letters): string {
  let text = "";
  // Skips bytes above the last multiple of the alphabet's length, because they would favour the first letters.
  const limit = 256 - (256 % alphabet.length);
  while (text.length < length) {
    for (const byte of randomBytes(length)) if (byte < limit) text += alphabet[byte % alphabet.length];
  }
  return text.slice(0, length);
}

/** The number of characters of a step's name, and of a custom prefix, that SageMaker keeps in a job's name. */
const longestStep = 20;
const longestPrefix = 38;

export interface NamedJob {
  readonly executionId: string;
  readonly step: string;
  /** The job's name in the definition, which SageMaker uses as a prefix if the pipeline has `use_custom_job_prefix`. */
  readonly prefix?: unknown;
}

/**
 * Returns the name that SageMaker gives to a step's job: `pipelines-<execution id>-<shortened step name>-<10 random>`,
 * or `<prefix>-<execution id>-<10 random>`.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html#build-and-manage-step-permissions-prefix
 */
export function jobName({ executionId, step, prefix }: NamedJob, random: string = randomText(10)): string {
  const id = executionId.slice(0, 12);
  if (typeof prefix === "string" && prefix !== "") return `${prefix.slice(0, longestPrefix)}-${id}-${random}`;
  return `pipelines-${id}-${step.slice(0, longestStep)}-${random}`;
}
