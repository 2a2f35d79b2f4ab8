import type { PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { bucketPermissions } from "./bucket-permissions.ts";
import { checkPermissions } from "./check-permissions.ts";
import { operationPermissions } from "./operation-permissions.ts";
import { pipelinePermissions } from "./pipeline-permissions.ts";
import { programPermissions } from "./program-permissions.ts";
import { type OwnAccess, rolePermissions } from "./role-permissions.ts";
import { type StatePlace, writeStatePermissions } from "./state-permissions.ts";

/**
 * Returns the permissions of the deploy role: those of `pulumi up`, with or without `--refresh`, and of the stack check.
 * It covers this stack's state and its resources by name. Only an administrator may delete the bucket, because that loses
 * models, or change the workflows' own permissions.
 */
export function deployPermissions(stack: AccessedStack, place: StatePlace, own: OwnAccess): readonly PolicyStatement[] {
  return [
    ...writeStatePermissions(stack, place),
    ...programPermissions(stack),
    ...bucketPermissions(stack),
    ...rolePermissions(stack, own),
    ...pipelinePermissions(stack),
    ...operationPermissions(stack),
    ...checkPermissions(stack),
  ];
}
