import { z } from "zod";
import { AwsError } from "../wire/aws-error.ts";

const text = z.string().optional();
const texts = z.array(z.string()).optional();

/** The members of all requests. A member has the same type in every request. */
const members = z.looseObject({
  ClientToken: text,
  DesiredState: text,
  Identifier: text,
  MaxResults: z.number().optional(),
  NextToken: text,
  PatchDocument: text,
  RequestToken: text,
  ResourceModel: text,
  ResourceRequestStatusFilter: z.looseObject({ Operations: texts, OperationStatuses: texts }).optional(),
  RoleArn: text,
  TypeName: text,
  TypeVersionId: text,
});

/** AWS's names of JSON's types. */
const service = { array: "List", number: "Integer", object: "Structure", string: "String" };

/**
 * Checks the types of a request's members, and removes members that are null, as all services with this protocol do.
 * Sources: https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html,
 * https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_Operations.html; the wording is in
 * https://github.com/aws/aws-cdk-cli/pull/973
 *
 * @throws AwsError `SerializationException`
 */
export function requestShape(input: object): object {
  const given = withoutNulls(input);
  const [issue] = members.safeParse(given).error?.issues ?? [];
  if (issue === undefined) return given;
  const expected = issue.code === "invalid_type" ? issue.expected : "object";
  const wrong = issue.path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], given);
  const wanted = Object.entries(service).find(([json]) => json === expected)?.[1] ?? expected;
  throw new AwsError("SerializationException", `${wireName(wrong)} cannot be converted to ${wanted}`);
}

function withoutNulls(value: object): object {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      if (item === null) return [];
      return [[key, typeof item === "object" && !Array.isArray(item) ? withoutNulls(item) : item] as const];
    }),
  );
}

/** Returns a value's type as AWS names it in errors: `NUMBER_VALUE`. */
function wireName(value: unknown): string {
  if (Array.isArray(value)) return "START_ARRAY";
  if (typeof value === "boolean") return value ? "TRUE_VALUE" : "FALSE_VALUE";
  return value === null
    ? "NULL_VALUE"
    : typeof value === "object"
      ? "START_OBJECT"
      : `${typeof value}_VALUE`.toUpperCase();
}
