import type { DeleteTagsInput, DeleteTagsOutput } from "@aws-sdk/client-sagemaker";
import { type Operation, required } from "./operation.ts";
import { setTags, taggable, tagsOf } from "./tags.ts";

export const deleteTags: Operation<DeleteTagsInput, DeleteTagsOutput> = (input, call) => {
  const arn = taggable(input.ResourceArn, call);
  const keys = required(input.TagKeys, "TagKeys");
  setTags(
    arn,
    tagsOf(arn, call).filter((tag) => !keys.includes(tag.Key ?? "")),
    call,
  );
  return {};
};
