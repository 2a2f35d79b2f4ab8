import type { CreateModelPackageInput, CreateModelPackageOutput } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { addModelPackage } from "./model-package.ts";
import type { Operation } from "./operation.ts";

export const createModelPackage: Operation<Wire<CreateModelPackageInput>, CreateModelPackageOutput> = (input, call) => {
  const { ModelPackageArn } = addModelPackage(input, { ...call, now: call.now(), createGroup: false });
  return { ModelPackageArn };
};
