import { createHash } from "node:crypto";
import type { Json } from "../../service-model/definition.ts";
import { durationSeconds } from "../../service-model/duration.ts";
import { isList, isRecord } from "../../service-model/property-path.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";

/** SHA-256 of a step's key attributes, their expressions evaluated; undefined for a type that is never cached. */
export function cacheKey(stepType: string, resolved: { readonly [key: string]: Json }): string | undefined {
  const keys = stepTypeFacts(stepType)?.cacheKey;
  if (keys === undefined || keys === "all") return undefined;
  const argument = (path: string) =>
    path.split(".").reduce<Json>((value, key) => (isRecord(value) ? (value[key] ?? null) : null), resolved);
  const chosen = keys.map((key) => [key, canonical(argument(key))]);
  return createHash("sha256").update(JSON.stringify(chosen)).digest("hex");
}

/** The same value whatever the order of its keys. */
function canonical(value: Json): Json {
  if (isList(value)) return value.map(canonical);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]));
}

/** Whether a run that ended then is still young enough to be taken. Without a lifetime none grows too old. Times in seconds. */
export function isFresh(endTime: number, expireAfter: string | undefined, now: number): boolean {
  const lifetime = expireAfter === undefined ? undefined : durationSeconds(expireAfter);
  return lifetime === undefined || endTime >= now - lifetime;
}
