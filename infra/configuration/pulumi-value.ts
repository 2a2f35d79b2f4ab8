import { z } from "zod";

/** Parses a configuration value, which Pulumi passes as a text, into the value in the stack's file. */
export function plainValue(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number at the top level stays a text, because it can be an account number. Pulumi has parsed nested values itself.
    return typeof value === "number" || typeof value === "string" ? text : value;
  } catch {
    return text;
  }
}

/**
 * Accepts a number or a text that contains a number. `pulumi config set --path` stores integers and booleans as such, but
 * `5.5` as a text.
 * Source: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/config/map.go (adjustObjectValue)
 */
export function asNumber<Schema extends z.ZodType<number>>(schema: Schema) {
  return z.preprocess(
    (value) =>
      typeof value === "string" && /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : value,
    schema,
  );
}

/** Accepts a text, or a number or boolean that Pulumi made from a text, as in `--path tags.cost-center 42`. */
export function asText<Schema extends z.ZodType<string>>(schema: Schema) {
  return z.preprocess((value) => (isExact(value) ? String(value) : value), schema);
}

/** Tells whether a value has all its digits. JSON loses digits of integers above the safe range. */
function isExact(value: unknown): boolean {
  return typeof value === "boolean" || (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER);
}
