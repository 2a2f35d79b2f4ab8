import type { ListTagsInput, ListTagsOutput } from "@aws-sdk/client-sagemaker";
import { taggable, tagsOf } from "../state/tags.ts";
import { page } from "../wire/page.ts";
import type { Operation } from "./operation.ts";

export const listTags: Operation<ListTagsInput, ListTagsOutput> = (input, call) => {
  const tags = tagsOf(taggable(input.ResourceArn, call), call);
  const { items, next } = page(tags, input, (tag) => tag.Key ?? "");
  return { Tags: [...items], ...next };
};
