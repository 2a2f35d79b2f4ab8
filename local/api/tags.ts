import type {
  AddTagsInput,
  AddTagsOutput,
  DeleteTagsInput,
  DeleteTagsOutput,
  ListTagsInput,
  ListTagsOutput,
} from "@aws-sdk/client-sagemaker";
import { setTags, taggable, tagsOf } from "../state/tags.ts";
import { page } from "../wire/page.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";

export function addTags(input: AddTagsInput, call: Call): AddTagsOutput {
  const arn = taggable(input.ResourceArn, call);
  const added = required(input.Tags, "Tags");
  const kept = tagsOf(arn, call).filter((tag) => !added.some((each) => each.Key === tag.Key));
  const Tags = [...kept, ...added];
  setTags(arn, Tags, call);
  return { Tags };
}

export function deleteTags(input: DeleteTagsInput, call: Call): DeleteTagsOutput {
  const arn = taggable(input.ResourceArn, call);
  const keys = required(input.TagKeys, "TagKeys");
  const kept = tagsOf(arn, call).filter((tag) => !keys.includes(tag.Key ?? ""));
  setTags(arn, kept, call);
  return {};
}

export function listTags(input: ListTagsInput, call: Call): ListTagsOutput {
  const tags = tagsOf(taggable(input.ResourceArn, call), call);
  const { items, next } = page(tags, input, (tag) => tag.Key ?? "");
  return { Tags: [...items], ...next };
}
