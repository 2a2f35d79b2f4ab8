import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

/**
 * Returns the permissions of the program's own calls in every preview and update: reading the tags of a SageMaker project (the
 * tagging API supports no resource ARNs), and reading the trust and the permissions of an existing execution role.
 */
export function programPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  return [
    ...(stack.readsProjectTags ? [allow("ReadProjectTags", ["tag:GetResources"], ["*"])] : []),
    ...(stack.ownsExecutionRole
      ? []
      : [allow("AskAboutAdoptedRole", ["iam:GetRole", "iam:SimulatePrincipalPolicy"], [stack.executionRoleArn])]),
  ];
}
