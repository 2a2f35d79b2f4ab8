import { policyDocument } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { programPermissions } from "./program-permissions.ts";
import { readState, type StatePlace } from "./state-permissions.ts";

/**
 * Returns the policy of the preview role: the permissions of `pulumi preview` to read the state, and of the program's own calls.
 * A preview compares the program with the state, not with AWS, so it needs no permission to read resources.
 */
export function previewPolicy(stack: AccessedStack, place: StatePlace): string {
  return policyDocument([...readState(stack, place), ...programPermissions(stack)]);
}
