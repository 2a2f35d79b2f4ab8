import { s3Arn } from "../../service-model/arn.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { bucketPermissions } from "./bucket-permissions.ts";
import { operationPermissions } from "./operation-permissions.ts";
import { pipelinePermissions } from "./pipeline-permissions.ts";
import { previewPermissions } from "./preview-permissions.ts";
import { type OwnAccess, rolePermissions } from "./role-permissions.ts";
import type { StatePlace } from "./state-permissions.ts";

/** Reading actions that only a change of a resource needs. */
const onlyForChanges: ReadonlySet<string> = new Set([
  "cloudformation:GetResourceRequestStatus",
  "iam:ListInstanceProfilesForRole",
]);

function reads(action: string): boolean {
  // Decrypting is reading, too. It is limited to objects that the role may get.
  return (/^\w+:(Describe|Get|List)/.test(action) || action === "kms:Decrypt") && !onlyForChanges.has(action);
}

/**
 * Returns the permissions of the drift role: those of `pulumi preview --refresh`, which reads the state and each resource, and
 * writes neither. They are the reading part of the deploy role's, so that both know the same resources, but of the bucket's
 * objects it reads only code, which Pulumi uploaded.
 */
export function driftPermissions(stack: AccessedStack, place: StatePlace, own: OwnAccess): readonly PolicyStatement[] {
  const kept = [
    ...bucketPermissions(stack).filter(({ Sid }) => Sid !== "ReadCodeAndEvaluations"),
    ...rolePermissions(stack, own),
    ...pipelinePermissions(stack),
    ...operationPermissions(stack),
  ];
  const bucket = s3Arn(stack.bucketName, stack.partition);
  const code = stack.prefixes.map((prefix) => `${bucket}/${prefix}/code/*`);
  return [
    ...previewPermissions(stack, place),
    allow("GetCode", ["s3:GetObject"], code),
    ...kept.flatMap((statement) => {
      const Action = statement.Action.filter(reads);
      if (Action.length === 0) return [];
      return { ...statement, Sid: statement.Sid.replace(/^(Keep|Upload|Use)/, "Read"), Action };
    }),
  ];
}
