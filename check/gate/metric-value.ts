import { z } from "zod";

/** The schema of a gate's metric. */
export const metricSchema = z.number().min(0);

/** Returns the value at a path of a JSON document; undefined if there is none. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, name) =>
      typeof part === "object" && part !== null && Object.hasOwn(part, name)
        ? (part as { readonly [name: PropertyKey]: unknown })[name]
        : undefined,
    document,
  );
}

/**
 * Returns the metric at a gate's path of a document.
 *
 * @throws ZodError if there is no value, or it is negative or not finite
 */
export function metricValue(document: unknown, path: string): number {
  return metricSchema.parse(valueAt(document, path.split(".")));
}
