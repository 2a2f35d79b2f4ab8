import type { PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { programPermissions } from "./program-permissions.ts";
import { readStatePermissions, type StatePlace } from "./state-permissions.ts";

/**
 * Returns the permissions of the preview role: those of `pulumi preview` to read the state, and of the program's own calls.
 * A preview compares the program with the state, not with AWS, so it needs no permission to read resources.
 */
export function previewPermissions(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
  return [...readStatePermissions(stack, place), ...programPermissions(stack)];
}
