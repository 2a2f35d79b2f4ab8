import type { ExpressibleObject } from "../expressions/expressible.ts";
import { isExpression } from "../expressions/expression.ts";

/** A structure of the service in which every member may be left out. */
type Part<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? string extends keyof T
      ? T
      : { [Key in keyof T]?: T[Key] }
    : T;

/**
 * Anything of a request that a short form has no word for. Structures are merged with what the short form makes, member
 * by member; lists and single values take its place.
 */
export type RequestOverride<Request extends object> = ExpressibleObject<{
  [Key in keyof Request]?: Part<Exclude<Request[Key], undefined>>;
}>;

function isStructure(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExpression(value);
}

/** A request with its overrides. */
export function withOverride<Arguments extends object>(request: Arguments, override: object | undefined): Arguments {
  if (override === undefined) return request;
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(request));
  for (const [key, value] of Object.entries(override))
    merged[key] = isStructure(value) && isStructure(merged[key]) ? { ...merged[key], ...value } : value;
  return merged as Arguments;
}
