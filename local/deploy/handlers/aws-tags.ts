import type { Tag } from "@aws-sdk/client-s3";
import type { ResourceState } from "./resource-handler.ts";

/** Converts the input `tags` of an `aws` resource to the list that AWS's services expect. */
export function awsTags(inputs: ResourceState): { [Member in keyof Tag]-?: string }[] {
  return Object.entries((inputs["tags"] ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}
