import jsonPatch from "fast-json-patch";
import type { Json } from "../../service-model/definition.ts";
import { isRecord } from "../../service-model/property-path.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { longestDocument } from "./request-member.ts";
import type { ResourceProperties, ResourceType } from "./resource-type.ts";

/** The operations of RFC 6902. The library also accepts a private one of its own. */
const operations = ["add", "copy", "move", "remove", "replace", "test"];

/** The maximum number of operations in a patch. More than a patch needs that changes every property and the 50 tags. */
const mostOperations = 200;

/**
 * Applies a JSON Patch (RFC 6902) to a copy of a resource's properties and returns the copy.
 *
 * @throws AwsError `ValidationException` for a patch that cannot be applied or changes read-only properties,
 *   `NotUpdatableException` for a patch that changes properties which need a replacement of the resource
 */
export function patched(type: ResourceType, before: ResourceProperties, patch: unknown): ResourceProperties {
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

function apply(before: ResourceProperties, patch: readonly unknown[]): ResourceProperties {
  if (patch.length > mostOperations)
    throw rejected(`it has ${patch.length} operations, and at most ${mostOperations} work locally: split it`);
  const longest = JSON.stringify(before).length + longestDocument;
  let after = structuredClone(before) as Json;
  for (const operation of patch) {
    const checked = checkedOperation(operation);
    const { document, length } = step(after, checked);
    // Checks the length after each operation, because each `copy` can double it.
    if (length > longest)
      throw rejected(`it makes the resource longer than ${longest} characters: give shorter values`);
    after = document;
  }
  if (isRecord(after)) return after;
  throw rejected("its result is not a JSON object");
}

function step(before: Json, operation: jsonPatch.Operation): { readonly document: Json; readonly length: number } {
  try {
    const document: Json = jsonPatch.applyOperation(before, operation, true).newDocument;
    return { document, length: JSON.stringify(document).length };
  } catch (error) {
    throw rejected(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

/** Rejects two mistakes that the library's check accepts: its private operation, and moving a value into itself. */
function checkedOperation(value: unknown): jsonPatch.Operation {
  const { op, path, from } = isRecord(value as Json) ? (value as { [member: string]: unknown }) : {};
  if (typeof op !== "string" || !operations.includes(op))
    throw rejected(`${shown(op)} is not an operation; the operations are ${operations.join(", ")}`);
  if (op === "move" && typeof path === "string" && typeof from === "string" && path.startsWith(`${from}/`))
    throw rejected(`${shown(from)} cannot be moved into itself, to ${shown(path)}`);
  return value as jsonPatch.Operation;
}

/** Returns a value for a message, on one line and with at most 100 characters. */
function shown(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 100);
}

function rejected(why: string): AwsError {
  return validationError(`PatchDocument cannot be applied: ${why}`);
}
