import type { Tag } from "@aws-sdk/client-sagemaker";
import type { Store } from "../state/store.ts";

/** The tags of a resource; none when it has none. */
export function tagsOf(arn: string, from: { readonly store: Store }): readonly Tag[] {
  return from.store.tags.get(arn)?.tags ?? [];
}

/** Replaces all tags of a resource. */
export function setTags(arn: string, tags: readonly Tag[], to: { readonly store: Store }): void {
  if (tags.length === 0) to.store.tags.delete(arn);
  else to.store.tags.put(arn, { arn, tags });
}
