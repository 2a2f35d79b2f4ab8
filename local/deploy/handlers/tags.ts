import type { Tag } from "@aws-sdk/client-s3";
import type { ResourceState } from "./resource-handler.ts";

/** The input `tags` of an `aws` resource, as the services take it. */
export function tagsOf(inputs: ResourceState): { [Member in keyof Tag]-?: string }[] {
  return Object.entries((inputs["tags"] ?? {}) as Record<string, string>).map(([Key, Value]) => ({ Key, Value }));
}
