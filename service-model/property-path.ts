import type { Json } from "./definition.ts";

/** A segment of a path: `.key`, `['key']` or `[0]`. */
export type PathSegment = string | number;

const segment = /\.?([A-Za-z0-9_@:/-]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/**
 * Splits `ProcessingOutputConfig.Outputs['train'].S3Output.S3Uri` into its segments.
 *
 * @throws Error if the text is not a path
 */
export function parsePath(path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  segment.lastIndex = 0;
  while (segment.lastIndex < path.length) {
    const match = segment.exec(path);
    if (match === null) throw new Error(`'${path}' is not a property path`);
    segments.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? "") : Number(match[2]));
  }
  return segments;
}

/** Returns the value at a path, or undefined if it does not exist. */
export function lookUp(value: Json, path: readonly PathSegment[]): Json | undefined {
  let current: Json | undefined = value;
  for (const key of path) {
    if (current === undefined || current === null || typeof current !== "object") return undefined;
    if (isList(current)) current = typeof key === "number" ? current[key] : named(current, key);
    else current = Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

/** Returns the item of a list with this name: for `Outputs['train']`, the one whose `OutputName` is `train`. */
function named(list: readonly Json[], name: string): Json | undefined {
  return list.find(
    (item) =>
      item !== null &&
      typeof item === "object" &&
      !isList(item) &&
      Object.entries(item).some(([key, value]) => key.endsWith("Name") && value === name),
  );
}

/** Returns the part of a path that names an item of a list: `['train']` if that is its `OutputName` or `Key`, or else `[0]`. */
export function itemPath(item: unknown, index: number): string {
  if (typeof item === "object" && item !== null)
    for (const [key, value] of Object.entries(item))
      if ((key === "Key" || key.endsWith("Name")) && typeof value === "string") return `['${value}']`;
  return `[${index}]`;
}

/** Tells whether a value is a list. Unlike `Array.isArray`, it also narrows a read-only list. */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Tells whether a value is a JSON object. */
export function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !isList(value);
}
