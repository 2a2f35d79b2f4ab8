import type { Tag } from "@aws-sdk/client-sagemaker";
import { z } from "zod";
import { validationError } from "../wire/aws-error.ts";
import type { ResourceProperties, ResourceType } from "./resource-type.ts";

/** The tags of a CloudFormation type, which have SageMaker's own shape. */
export const tagsModel = z
  .array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
  .max(50)
  .refine((tags) => new Set(tags.map(({ Key }) => Key)).size === tags.length, "array items are not unique");

/** Returns the schema of a SageMaker name. @param largest maximum length in characters */
export function nameModel(largest: number) {
  return z
    .string()
    .max(largest)
    .regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/);
}

/** Returns the tags in a desired state. */
export function desiredTags(desired: ResourceProperties): Tag[] {
  return (desired["Tags"] ?? []) as unknown as Tag[];
}

/**
 * Checks a desired state against its type's schema, as CloudFormation does before it calls the type's handler.
 *
 * @throws AwsError `ValidationException` that names every invalid property
 */
export function checkModel(type: ResourceType, desired: ResourceProperties): void {
  const writable = Object.fromEntries(Object.entries(desired).filter(([name]) => !type.readOnly.includes(name)));
  const result = type.model.safeParse(writable);
  if (result.success) return;
  throw validationError(`Model validation failed (${result.error.issues.flatMap(problems).join(", ")})`);
}

/**
 * Words a problem as CloudFormation's validator does, or as zod does if CloudFormation's text would not name the
 * problem.
 */
function problems(issue: z.core.$ZodIssue): string[] {
  const place = ["#", ...issue.path].join("/");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${place}: extraneous key [${key}] is not permitted`);
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) {
    return [`${["#", ...issue.path.slice(0, -1)].join("/")}: required key [${String(issue.path.at(-1))}] not found`];
  }
  if (issue.code === "invalid_union") return [`${place}: #: 0 subschemas matched instead of one`];
  return [`${place}: ${issue.message}`];
}
