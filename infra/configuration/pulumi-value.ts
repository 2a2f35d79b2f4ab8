import { z } from "zod";

/** A value of the configuration, which Pulumi hands over as a text, as what it was in the file. */
export function plainValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number is a text that looks like one, such as an account's; those below an object are what Pulumi made of them.
    return typeof value === "number" || typeof value === "string" ? text : value;
  } catch {
    return text;
  }
}

/**
 * A number, or a text of one. Of the values of `pulumi config set --path`, Pulumi makes whole numbers and truths what they
 * look like, and leaves `5.5` a text.
 * Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/map.go (adjustObjectValue)
 */
export function asNumber<Schema extends z.ZodType<number>>(schema: Schema) {
  return z.preprocess(
    (value) =>
      typeof value === "string" && /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : value,
    schema,
  );
}

/** A text, or what Pulumi made of one that looks like a number or a truth: `--path tags.cost-center 42`. */
export function asText<Schema extends z.ZodType<string>>(schema: Schema) {
  return z.preprocess((value) => (isExact(value) ? String(value) : value), schema);
}

/** Whether a value can be told as it was written: JSON has lost digits of a longer number. */
function isExact(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}
