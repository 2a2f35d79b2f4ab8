import type { Tag } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Store } from "./store.ts";

type Place = { readonly store: Store };

/** Returns the tags of a resource. */
export function tagsOf(arn: string, from: Place): readonly Tag[] {
  return from.store.tags.get(arn)?.tags ?? [];
}

/** Replaces all tags of a resource. */
export function setTags(arn: string, tags: readonly Tag[], to: Place): void {
  if (tags.length === 0) to.store.tags.delete(arn);
  else to.store.tags.put(arn, { arn, tags });
}

/**
 * Returns the ARN in a request if its resource exists.
 *
 * @throws AwsError `ValidationException`, as SageMaker does, for a missing resource
 *   (https://github.com/aws/amazon-sagemaker-feedback/issues/108)
 */
export function taggable(given: string | undefined, { store }: Place): string {
  const arn = required(given, "ResourceArn");
  const { tags: _tags, ...resources } = store;
  if (Object.values(resources).some((kind) => kind.get(arn) !== undefined)) return arn;
  throw validationError(`There is no resource with the ARN ${arn}.`);
}
