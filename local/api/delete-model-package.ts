import type { DeleteModelPackageInput } from "@aws-sdk/client-sagemaker";
import { findPackage } from "../state/model-package-group.ts";
import type { Operation } from "./operation.ts";

export const deleteModelPackage: Operation<DeleteModelPackageInput, object> = (input, call) => {
  const { ModelPackageArn } = findPackage(input.ModelPackageName, call);
  call.store.tags.delete(ModelPackageArn);
  call.store.modelPackages.delete(ModelPackageArn);
  return {};
};
