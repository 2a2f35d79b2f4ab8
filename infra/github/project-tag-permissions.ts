import type { AccessedStack } from "./accessed-stack.ts";
import { allow, type PolicyStatement } from "./statement.ts";

/** The tags of a SageMaker project, which every preview and update reads. The tagging API has no resources. */
export function readProjectTags({ readsProjectTags }: AccessedStack): readonly PolicyStatement[] {
  return readsProjectTags ? [allow("ReadProjectTags", ["tag:GetResources"], ["*"])] : [];
}
