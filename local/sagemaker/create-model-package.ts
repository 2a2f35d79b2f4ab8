import type { CreateModelPackageInput, CreateModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { addModelPackage } from "./model-package.ts";
import type { Operation } from "./operation.ts";
import type { Wire } from "./wire.ts";

export const createModelPackage: Operation<Wire<CreateModelPackageInput>, CreateModelPackageOutput> = (input, call) => {
  const { ModelPackageArn } = addModelPackage(input, { ...call, now: call.now(), createGroup: false });
  return { ModelPackageArn };
};
