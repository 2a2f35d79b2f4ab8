import type { ListTagsInput, ListTagsOutput } from "@aws-sdk/client-sagemaker";
import { page } from "../wire/page.ts";
import type { Operation } from "./operation.ts";
import { taggable, tagsOf } from "./tags.ts";

export const listTags: Operation<ListTagsInput, ListTagsOutput> = (input, call) => {
  const tags = tagsOf(taggable(input.ResourceArn, call), call);
  const { items, next } = page(tags, input, (tag) => tag.Key ?? "");
  return { Tags: [...items], ...next };
};
