import jsonPatch from "fast-json-patch";
import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { AwsError, validationError } from "../aws-error.ts";
import { isRecord } from "../execution/property-path.ts";
import type { Properties, ResourceType } from "./resource-type.ts";

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
  const refused = (kind: string, names: readonly string[]) =>
    `Invalid patch update: ${kind} [${names.map((name) => `/properties/${name}`).join(", ")}] cannot be updated`;
  const readOnly = type.readOnly.filter(changed);
  if (readOnly.length > 0) throw validationError(refused("readOnlyProperties", readOnly));
  const createOnly = type.createOnly.filter(changed);
  if (createOnly.length > 0) throw new AwsError("NotUpdatableException", refused("createOnlyProperties", createOnly));
  return after;
}

function apply(before: Properties, patch: readonly jsonPatch.Operation[]): Properties {
  try {
    const after: Json = jsonPatch.applyPatch(before as Json, patch, true, false).newDocument;
    if (isRecord(after)) return after;
  } catch (error) {
    const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    throw validationError(`PatchDocument cannot be applied: ${why}`);
  }
  throw validationError("PatchDocument cannot be applied: what it leaves is no object");
}
