import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { programPermissions } from "./program-permissions.ts";
import { readStatePermissions, type StatePlace } from "./state-permissions.ts";

/**
 * Returns the permissions of the preview role: those of `pulumi preview` to read the state, and of the program's own calls.
 * The program asks whether the group of a removed pipeline has models. A preview compares the program with the state, not with
 * AWS, so it needs no permission to read other resources.
 */
export function previewPermissions(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
  return [
    ...readStatePermissions(stack, place),
    ...programPermissions(stack),
    allow("ListModels", ["sagemaker:ListModelPackages"], ["*"]),
  ];
}
