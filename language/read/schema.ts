import { z } from "zod";

/** The form that the parts of a definition must have before they can be read. */

/** Any value except undefined. */
const value = z.unknown().refine((given) => given !== undefined, { params: { expected: "a value" } });

/** An object with any keys. Zod's own schema would drop the key `__proto__`. */
const members = z.custom<Record<string, unknown>>(
  (given) => typeof given === "object" && given !== null && !Array.isArray(given),
);

/** The members of the document. Each is read separately, so that the problems of all are reported together. */
export const document = {
  Version: z.literal("2020-12-01"),
  Metadata: members.optional(),
  Parameters: z.array(z.unknown()).optional(),
  PipelineExperimentConfig: z.strictObject({ ExperimentName: value, TrialName: value }).nullable().optional(),
  MlflowConfig: z
    .strictObject({ MlflowResourceArn: value, MlflowExperimentName: value.optional() })
    .nullable()
    .optional(),
  Steps: z.array(z.unknown()),
};

/** Any object, for the document as a whole. */
export const anyObject = members;

/** A parameter. Unknown members are kept. */
export const parameter = z.looseObject({
  Name: z.string(),
  // Without a type it is a String.
  Type: z.enum(["String", "Integer", "Float", "Boolean"]).default("String"),
  DefaultValue: z
    .union([z.string(), z.number(), z.bigint(), z.boolean()], "it must be a text, a number, true or false")
    .optional(),
  EnumValues: z.array(z.string()).optional(),
});

const dependency = z.union(
  [z.string(), z.strictObject({ Step: z.string(), Trigger: z.enum(["Completed", "Failed", "Stopped", "Any"]) })],
  "it must be the name of a step, or an object with Step and a Trigger: Completed, Failed, Stopped or Any",
);

const retryPolicy = z.strictObject({
  ExceptionType: z.array(z.string()),
  BackoffRate: z.number().optional(),
  IntervalSeconds: z.number().optional(),
  MaxAttempts: z.number().optional(),
  ExpireAfterMin: z.number().optional(),
});

/** The members that every step has. Unknown members are kept. */
export const step = z.looseObject({
  Name: z.string(),
  Type: z.string(),
  Arguments: members.optional(),
  DependsOn: z.array(dependency).optional(),
  DisplayName: z.string().optional(),
  Description: z.string().optional(),
  RetryPolicies: z.array(retryPolicy).optional(),
  CacheConfig: z.strictObject({ Enabled: z.boolean(), ExpireAfter: z.string().optional() }).optional(),
  PropertyFiles: z
    .array(z.strictObject({ PropertyFileName: z.string(), OutputName: z.string(), FilePath: z.string() }))
    .optional(),
});

/** The `Arguments` of a Condition step. */
export const conditionArguments = z.strictObject({
  Conditions: z.array(z.unknown()),
  IfSteps: z.array(z.unknown()).optional(),
  ElseSteps: z.array(z.unknown()).optional(),
});

/** A condition that compares two values. */
export const comparison = z.strictObject({
  Type: z.enum(["Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo"]),
  LeftValue: value,
  RightValue: value,
});
/** A condition that a value is in a list. */
export const inCondition = z.strictObject({
  Type: z.literal("In"),
  QueryValue: value,
  Values: z.array(z.unknown()),
});
/** A condition that holds if another condition does not. */
export const notCondition = z.strictObject({ Type: z.literal("Not"), Condition: value });
/** Conditions of which at least one must hold. */
export const orCondition = z.strictObject({ Type: z.literal("Or"), Conditions: z.array(z.unknown()) });

/** The `Arguments` of a ForEach step. */
export const forEachArguments = z.strictObject({
  IterableItems: value,
  MaxConcurrency: z.number(),
  Selector: z.strictObject({ Pick: z.enum(["MaxBy", "MinBy"]), Field: value }).optional(),
  ForEachBody: z.array(z.unknown()),
});

/** The value of `Std:Join`. */
export const joinFunction = z.strictObject({ On: z.string(), Values: z.array(z.unknown()) });
/** The value of `Std:JsonGet`, for a property file or for a file on S3. */
export const jsonGetFunction = z.union(
  [
    z.strictObject({ PropertyFile: z.strictObject({ Get: z.string() }), Path: value }),
    z.strictObject({ S3Uri: value, Path: value }),
  ],
  "it must have a Path, and either a PropertyFile or an S3Uri",
);
