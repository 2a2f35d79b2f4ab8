import { policyDocument } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { programPermissions } from "./program-permissions.ts";
import { readState, type StatePlace } from "./state-permissions.ts";

/**
 * What `pulumi preview` needs: the state, and what the program asks AWS for. A preview compares the program with the
 * state, not with AWS, so it reads no resource; the definition to compare with is in the state.
 */
export function previewPolicy(stack: AccessedStack, place: StatePlace): string {
  return policyDocument([...readState(stack, place), ...programPermissions(stack)]);
}
