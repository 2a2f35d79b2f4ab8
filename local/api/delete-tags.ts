import type { DeleteTagsInput, DeleteTagsOutput } from "@aws-sdk/client-sagemaker";
import { setTags, taggable, tagsOf } from "../state/tags.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";

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
