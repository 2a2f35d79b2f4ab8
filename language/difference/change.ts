import type { Json } from "../../service-model/definition.ts";
import { jsonText } from "../../service-model/exact-json.ts";
import { leavesOf } from "./leaves.ts";

/**
 * The kind of a change. `re-wired` means that an expression refers to another step or parameter. `code` means that the
 * content of a code asset changed. Any other new value is `changed`.
 */
export type ChangeKind = "added" | "removed" | "changed" | "re-wired" | "code";

/** A changed value: its path, and the values before and after, of which one is absent for `added` and `removed`. */
export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** Returns the steps and parameters that an expression refers to, in the order in which they appear. */
export function referencesOf(value: Json): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(referencesOf);
  return Object.entries(value).flatMap(([key, item]: [string, Json]) =>
    key === "Get" && typeof item === "string" ? [item] : referencesOf(item),
  );
}

const codeAddress = /^(s3:\/\/.+\/code\/)([0-9a-f]{64})(\/[^/]+)?$/;

/** Reads the hash out of the S3 URI of a code asset. `place` is the URI without the hash, equal for every content. */
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

/** Returns the changes between two documents, one for each leaf. */
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
