import type { DeleteModelPackageGroupInput } from "@aws-sdk/client-sagemaker";
import { findGroup } from "../state/model-package-group.ts";
import { packagesOf } from "../state/packages-of.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { Operation } from "./operation.ts";

export const deleteModelPackageGroup: Operation<DeleteModelPackageGroupInput, object> = (input, call) => {
  const { ModelPackageGroupArn, ModelPackageGroupName } = findGroup(input.ModelPackageGroupName, call).description;
  if (packagesOf(ModelPackageGroupName ?? "", call).length > 0) {
    throw new AwsError(
      "ConflictException",
      `Cannot delete Model Package Group ${ModelPackageGroupArn}: it still contains model packages.`,
    );
  }
  call.store.tags.delete(ModelPackageGroupArn);
  call.store.modelPackageGroups.delete(ModelPackageGroupArn);
  return {};
};
