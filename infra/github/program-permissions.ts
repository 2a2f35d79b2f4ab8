import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

/**
 * What the program itself asks AWS for, in every preview and update: the tags of a SageMaker project (the tagging API has
 * no resources), whom a role that is not the stack's trusts, and what it may do.
 */
export function programPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  return [
    ...(stack.readsProjectTags ? [allow("ReadProjectTags", ["tag:GetResources"], ["*"])] : []),
    ...(stack.ownsExecutionRole
      ? []
      : [allow("AskAboutAdoptedRole", ["iam:GetRole", "iam:SimulatePrincipalPolicy"], [stack.executionRoleArn])]),
  ];
}
