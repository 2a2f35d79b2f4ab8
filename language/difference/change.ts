import type { Json } from "../../service-model/definition.ts";
import { jsonText } from "../../service-model/exact-json.ts";
import { leavesOf } from "./leaves.ts";

/**
 * How a value differs: it is new or gone; a reference leads elsewhere (`re-wired`); a code asset has other content
 * (`code`); or it is simply another value.
 */
export type ChangeKind = "added" | "removed" | "changed" | "re-wired" | "code";

/** A value that differs: where, and what it was and is (absent where there is none). */
export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** The steps and parameters that an expression refers to, in their order. */
export function referencesOf(value: Json): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  return Object.entries(value).flatMap(([key, item]: [string, Json]) =>
    key === "Get" && typeof item === "string" ? [item] : referencesOf(item),
  );
}

const codeAddress = /^(s3:\/\/.+\/code\/)([0-9a-f]{64})(\/[^/]+)?$/;

/** Where code of this content is: `place` is the same for all of its contents. */
export function codeOf(value: Json): { readonly place: string; readonly sha256: string } | undefined {
  const [, before, sha256, after = ""] = (typeof value === "string" && codeAddress.exec(value)) || [];
  return before === undefined || sha256 === undefined ? undefined : { place: `${before}*${after}`, sha256 };
}

function kindOf(before: Json, after: Json): ChangeKind {
  const code = [codeOf(before), codeOf(after)];
  if (code[0] !== undefined && code[0].place === code[1]?.place) return "code";
  return referencesOf(before).join() === referencesOf(after).join() ? "changed" : "re-wired";
}

function same(before: Json, after: Json): boolean {
  return jsonText([before]) === jsonText([after]);
}

/** What differs between two documents, leaf by leaf. */
export function changesOf(before: Json, after: Json): readonly Change[] {
  const old = leavesOf(before);
  const now = leavesOf(after);
  const changes: Change[] = [];
  for (const [path, value] of old) {
    const other = now.get(path);
    if (other === undefined) changes.push({ kind: "removed", path, before: value });
    else if (!same(value, other)) changes.push({ kind: kindOf(value, other), path, before: value, after: other });
  }
  for (const [path, value] of now) if (!old.has(path)) changes.push({ kind: "added", path, after: value });
  return changes;
}
