import { z } from "zod";

/** The ARN of something; `resource` is what comes after the account, as a regular expression. */
export function arn(service: string, resource: string, example: string) {
  const pattern = new RegExp(`^arn:aws[\\w-]*:${service}:[\\w-]*:(?:\\d{12}|aws)?:${resource}$`);
  return z.string().regex(pattern, `give an ARN such as ${example}`);
}

export const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "give the name of a bucket");

/** A bucket by its name or its ARN, as its name. */
export const bucketNameOrArn = z
  .string()
  .regex(/^(?:arn:aws[\w-]*:s3:::)?[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "give the name or the ARN of a bucket")
  .transform((text) => text.replace(/^arn:aws[\w-]*:s3:::/, ""));

/** The name of a pipeline, and of a model package group. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
export const entityName = z
  .string()
  .max(63, "give a name of at most 63 characters")
  .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, "give a name of letters, digits and hyphens");

export const instanceType = z.string().startsWith("ml.", "give an instance type such as ml.m5.xlarge");

const truthText = "give true or false";
export const truth = z.boolean(truthText);

/** A whole number from `least` on. Pulumi keeps a number of the configuration as a text. */
export function wholeNumber(least: number) {
  const text = `give a whole number from ${least} on`;
  return z.coerce.number(text).int(text).min(least, text);
}

/** Identifiers that EC2 gives, such as `subnet-0123456789abcdef0`. */
export function ec2Identifiers(kind: string) {
  const text = `give a list of identifiers such as ${kind}-0123456789abcdef0`;
  return z.array(z.string(text).regex(new RegExp(`^${kind}-[0-9a-f]+$`), text), text);
}

/**
 * Tags, by key. Keys that begin with `aws:` are AWS's own.
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const tags = z.record(
  z
    .string()
    .regex(
      /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u,
      "give a key of at most 128 characters that does not begin with aws:",
    ),
  z.string("give a text").max(256, "give a value of at most 256 characters"),
  'give texts by key, such as {"team": "forecasting"}',
);
