import type { Json } from "./definition.ts";
import { isRecord } from "./property-path.ts";
import { stepTypeFacts } from "./step-types.ts";

/**
 * Returns the arguments of a step that SageMaker's step cache compares, each with its path. A missing argument is null.
 * Returns undefined for a type of step that is not cached.
 */
export function comparedArguments(
  type: string,
  given: { readonly [key: string]: Json },
): readonly (readonly [path: string, value: Json])[] | undefined {
  const keys = stepTypeFacts(type)?.cacheKey;
  if (keys === "all") return [["", given]];
  return keys?.map((path) => [
    path,
    path.split(".").reduce<Json>((value, key) => (isRecord(value) ? (value[key] ?? null) : null), given),
  ]);
}
