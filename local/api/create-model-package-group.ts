import type { CreateModelPackageGroupInput, CreateModelPackageGroupOutput } from "@aws-sdk/client-sagemaker";
import { addGroup } from "./model-package-group.ts";
import type { Operation } from "./operation.ts";
import { setTags } from "./tags.ts";

export const createModelPackageGroup: Operation<CreateModelPackageGroupInput, CreateModelPackageGroupOutput> = (
  input,
  call,
) => {
  const { ModelPackageGroupArn } = addGroup(input, { ...call, now: call.now() }).description;
  setTags(ModelPackageGroupArn, input.Tags ?? [], call);
  return { ModelPackageGroupArn };
};
