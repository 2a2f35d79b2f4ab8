import type { UpdateModelPackageInput, UpdateModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { checkApproval } from "./model-package.ts";
import { findPackage } from "./model-package-group.ts";
import { type Operation, required } from "./operation.ts";

export const updateModelPackage: Operation<UpdateModelPackageInput, UpdateModelPackageOutput> = (input, call) => {
  const current = findPackage(required(input.ModelPackageArn, "ModelPackageArn"), call);
  checkApproval(input.ModelApprovalStatus);
  const properties = { ...current.CustomerMetadataProperties, ...input.CustomerMetadataProperties };
  for (const name of input.CustomerMetadataPropertiesToRemove ?? []) delete properties[name];
  call.store.modelPackages.put(current.ModelPackageArn, {
    ...current,
    ModelApprovalStatus: input.ModelApprovalStatus ?? current.ModelApprovalStatus,
    ApprovalDescription: input.ApprovalDescription ?? current.ApprovalDescription,
    CustomerMetadataProperties: properties,
    LastModifiedTime: call.now(),
  });
  return { ModelPackageArn: current.ModelPackageArn };
};
