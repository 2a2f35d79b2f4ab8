import type { AddTagsInput, AddTagsOutput } from "@aws-sdk/client-sagemaker";
import { setTags, taggable, tagsOf } from "../state/tags.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

export const addTags: Operation<AddTagsInput, AddTagsOutput> = (input, call) => {
  const arn = taggable(input.ResourceArn, call);
  const added = required(input.Tags, "Tags");
  const kept = tagsOf(arn, call).filter((tag) => !added.some((each) => each.Key === tag.Key));
  const Tags = [...kept, ...added];
  setTags(arn, Tags, call);
  return { Tags };
};
