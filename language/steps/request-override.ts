import type { ExpressibleObject } from "../expressions/expressible.ts";
import { isExpression } from "../expressions/expression.ts";

/** A structure of the API in which every member is optional. */
type Part<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? string extends keyof T
      ? T
      : { [Key in keyof T]?: T[Key] }
    : T;

/**
 * Members of a request that a short form has no option for. A structure is merged with the short form's structure,
 * member by member. A list or a single value replaces the short form's value.
 */
export type RequestOverride<Request extends object> = ExpressibleObject<{
  [Key in keyof Request]?: Part<Exclude<Request[Key], undefined>>;
}>;

function isStructure(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExpression(value);
}

/** Returns the request with the overrides merged into it. */
export function withOverride<Arguments extends object>(request: Arguments, override: object | undefined): Arguments {
  if (override === undefined) return request;
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(request));
  for (const [key, value] of Object.entries(override))
    merged[key] = isStructure(value) && isStructure(merged[key]) ? { ...merged[key], ...value } : value;
  return merged as Arguments;
}
