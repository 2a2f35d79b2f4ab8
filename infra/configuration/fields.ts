import { z } from "zod";
import { bucketPattern } from "./bucket-name.ts";
import { asNumber, asText } from "./pulumi-value.ts";

/** Returns the schema of a text that matches a pattern; `hint` is the error's fix. */
export function matching(form: RegExp, hint: string) {
  return z.string(hint).regex(form, hint);
}

/** Returns the schema of an ARN. `resource` is a regular expression for the part after the account. */
export function arn(service: string, resource: string, example: string) {
  // ARNs of global services have an empty region. AWS's own policies have `aws` in place of the account.
  const region = example.includes(":REGION:") ? "[a-z0-9-]+" : "";
  const account = resource.startsWith("policy/") ? "(?:\\d{12}|aws)" : "\\d{12}";
  const pattern = new RegExp(`^arn:aws[\\w-]*:${service}:${region}:${account}:${resource}$`);
  return matching(pattern, `give an ARN such as ${example}`);
}

export const bucketName = matching(new RegExp(`^${bucketPattern}$`), "give the name of a bucket");

/** The schema of a bucket's name or ARN, which returns the name. */
export const bucketNameOrArn = matching(
  new RegExp(`^(?:arn:aws[\\w-]*:s3:::)?${bucketPattern}$`),
  "give the name or the ARN of a bucket",
).transform((text) => text.replace(/^arn:aws[\w-]*:s3:::/, ""));

/** The name of a pipeline or a model package group. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePipeline.html */
export const entityName = asText(
  matching(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, "give a name of letters, digits and hyphens").max(
    63,
    "give a name of at most 63 characters",
  ),
);

/** The type of a job's instances: `ml.<family>.<size>`. */
export const instanceType = matching(
  /^ml\.[a-z][a-z0-9-]*\.(?:medium|large|\d*xlarge|metal)$/,
  "give an instance type such as ml.m5.xlarge: ml.FAMILY.SIZE",
);

const truthText = "give true or false";
export const truth = z.boolean(truthText);

/** Returns the schema of a whole number that is at least `least`. */
export function wholeNumber(least: number) {
  const text = `give a whole number of at least ${least}`;
  return asNumber(z.number(text).int(text).min(least, text));
}

/** Returns the schema of a list of EC2 identifiers such as `subnet-0123456789abcdef0`; `most` is the number that a job accepts. */
export function ec2Identifiers(kind: string, most: number) {
  const text = `give a list of identifiers such as ${kind}-0123456789abcdef0`;
  const identifier = matching(new RegExp(`^${kind}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`), text);
  return different(identifier, text).max(most, `give at most ${most}`);
}

/** The characters that AWS accepts in the keys and values of tags. */
const tagText = "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]";

/**
 * Tags, by key. AWS reserves keys that begin with `aws:`, and IAM rejects keys that differ only in case.
 * Source: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export const tags = z
  .record(
    z
      .string()
      .regex(
        new RegExp(`^(?![aA][wW][sS]:)${tagText}{1,128}$`, "u"),
        "give a key of at most 128 letters, digits, spaces and _.:/=+-@ that does not begin with aws:",
      ),
    asText(
      z
        .string("give a text, in quotes in the stack's file")
        .regex(
          new RegExp(`^${tagText}{0,256}$`, "u"),
          "give a value of at most 256 letters, digits, spaces and _.:/=+-@",
        ),
    ),
    'give texts by key, such as {"team": "forecasting"}',
  )
  .refine(
    (all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length,
    "give keys that differ in more than their case",
  );

/** Returns the schema of a list of texts without duplicates. */
export function different<Item extends z.ZodType<string>>(item: Item, text: string) {
  return z.array(item, text).refine((all) => new Set(all).size === all.length, "give each one once");
}
