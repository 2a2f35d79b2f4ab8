import type { CreateModelPackageInput, CreateModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { addModelPackage } from "../state/model-package.ts";
import type { Wire } from "../wire/wire.ts";
import type { Operation } from "./operation.ts";

export const createModelPackage: Operation<Wire<CreateModelPackageInput>, CreateModelPackageOutput> = (input, call) => {
  const { ModelPackageArn } = addModelPackage(input, { ...call, now: call.now(), createGroup: false });
  return { ModelPackageArn };
};
