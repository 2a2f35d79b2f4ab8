import { policyDocument } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { bucketPermissions } from "./bucket-permissions.ts";
import { checkPermissions } from "./check-permissions.ts";
import { operationPermissions } from "./operation-permissions.ts";
import { pipelinePermissions } from "./pipeline-permissions.ts";
import { programPermissions } from "./program-permissions.ts";
import { type OwnAccess, rolePermissions } from "./role-permissions.ts";
import { type StatePlace, writeState } from "./state-permissions.ts";

/**
 * What `pulumi up`, with or without `--refresh`, and the stack check after it need: the resources of this stack by their
 * names, and its state. What would lose models, the deletion of the bucket, is left to a desk, and so are changes of
 * the workflows' own rights.
 */
export function deployPolicy(stack: AccessedStack, place: StatePlace, own: OwnAccess): string {
  return policyDocument([
    ...writeState(stack, place),
    ...programPermissions(stack),
    ...bucketPermissions(stack),
    ...rolePermissions(stack, own),
    ...pipelinePermissions(stack),
    ...operationPermissions(stack),
    ...checkPermissions(stack),
  ]);
}
