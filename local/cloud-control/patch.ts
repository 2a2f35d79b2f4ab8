import jsonPatch from "fast-json-patch";
import type { Json } from "../../service-model/definition.ts";
import { isRecord } from "../../service-model/property-path.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { longestDocument } from "./request-member.ts";
import type { Properties, ResourceType } from "./resource-type.ts";

/** The operations of RFC 6902; the library has one more, for itself. */
const operations = ["add", "copy", "move", "remove", "replace", "test"];

/** Operations in one patch: more than every property of a type takes with 50 tags, each changed in key and value. */
const mostOperations = 200;

/**
 * A resource's properties after a JSON Patch (RFC 6902), from which a new state is made.
 *
 * @throws AwsError `ValidationException` for a patch that cannot be applied or would change what AWS alone sets,
 *   `NotUpdatableException` for one that changes what must be replaced
 */
export function patched(type: ResourceType, before: Properties, patch: unknown): Properties {
  if (!Array.isArray(patch) || patch.length === 0) throw validationError("PatchDocument must be a list of operations");
  const after = apply(before, patch);
  const changed = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const frozen = (kind: string, names: readonly string[]) =>
    `Invalid patch update: ${kind} [${names.map((name) => `/properties/${name}`).join(", ")}] cannot be updated`;
  const readOnly = type.readOnly.filter(changed);
  if (readOnly.length > 0) throw validationError(frozen("readOnlyProperties", readOnly));
  const createOnly = type.createOnly.filter(changed);
  if (createOnly.length > 0) throw new AwsError("NotUpdatableException", frozen("createOnlyProperties", createOnly));
  return after;
}

function apply(before: Properties, patch: readonly unknown[]): Properties {
  if (patch.length > mostOperations)
    throw refused(`it has ${patch.length} operations; ${mostOperations} are the most that are applied here`);
  const longest = JSON.stringify(before).length + longestDocument;
  let after = structuredClone(before) as Json;
  for (const operation of patch) {
    const checked = checkedOperation(operation);
    const { document, length } = step(after, checked);
    // Each `copy` can double what is there: looked at here, not at the end.
    if (length > longest) throw refused(`it makes the resource longer than ${longest} characters; give a shorter one`);
    after = document;
  }
  if (isRecord(after)) return after;
  throw refused("what it leaves is no object");
}

function step(before: Json, operation: jsonPatch.Operation): { readonly document: Json; readonly length: number } {
  try {
    const document: Json = jsonPatch.applyOperation(before, operation, true).newDocument;
    return { document, length: JSON.stringify(document).length };
  } catch (error) {
    throw refused(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

/** What the library's own check lets through: its private operation, and a place moved into itself. */
function checkedOperation(value: unknown): jsonPatch.Operation {
  const { op, path, from } = isRecord(value as Json) ? (value as { [member: string]: unknown }) : {};
  if (typeof op !== "string" || !operations.includes(op))
    throw refused(`${shown(op)} is no operation; there are ${operations.join(", ")}`);
  if (op === "move" && typeof path === "string" && typeof from === "string" && path.startsWith(`${from}/`))
    throw refused(`${shown(from)} cannot be moved into itself, to ${shown(path)}`);
  return value as jsonPatch.Operation;
}

/** A value in a message, on one line and not at any length. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 100);
}

function refused(why: string): AwsError {
  return validationError(`PatchDocument cannot be applied: ${why}`);
}
