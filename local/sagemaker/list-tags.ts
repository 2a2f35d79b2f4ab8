import type { ListTagsInput, ListTagsOutput } from "@aws-sdk/client-sagemaker";
import { type Operation, required } from "./operation.ts";
import { page } from "./page.ts";
import { tagsOf } from "./tags.ts";

export const listTags: Operation<ListTagsInput, ListTagsOutput> = (input, call) => {
  const tags = tagsOf(required(input.ResourceArn, "ResourceArn"), call);
  const { items, next } = page(tags, input, (tag) => tag.Key ?? "");
  return { Tags: [...items], ...next };
};
