import { createHash } from "node:crypto";
import { comparedArguments } from "../../service-model/cache-key.ts";
import type { Json, StepDefinition } from "../../service-model/definition.ts";
import { isList, isRecord } from "../../service-model/property-path.ts";

/**
 * Returns the SHA-256 of the arguments that decide about the step cache, or undefined for a type of step that is not
 * cached.
 *
 * @param resolved the step's arguments with evaluated expressions
 */
export function cacheKey(step: StepDefinition, resolved: { readonly [key: string]: Json }): string | undefined {
  const chosen = comparedArguments(step, resolved)?.map(([path, value]) => [path, canonical(value)]);
  if (chosen === undefined) return undefined;
  return createHash("sha256").update(JSON.stringify(chosen)).digest("hex");
}

/** Returns a copy with sorted keys, because the order of keys must not change the hash. */
function canonical(value: Json): Json {
  if (isList(value)) return value.map(canonical);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}
