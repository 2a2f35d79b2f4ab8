import type { CreateModelPackageGroupInput, CreateModelPackageGroupOutput } from "@aws-sdk/client-sagemaker";
import { addGroup } from "../state/model-package-group.ts";
import { setTags } from "../state/tags.ts";
import type { Operation } from "./operation.ts";

export const createModelPackageGroup: Operation<CreateModelPackageGroupInput, CreateModelPackageGroupOutput> = (
  input,
  call,
) => {
  const { ModelPackageGroupArn } = addGroup(input, { ...call, now: call.now() }).description;
  setTags(ModelPackageGroupArn, input.Tags ?? [], call);
  return { ModelPackageGroupArn };
};
