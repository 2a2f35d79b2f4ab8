import type { ListModelPackagesInput, ListModelPackagesOutput } from "@aws-sdk/client-sagemaker";
import { findGroup } from "../state/model-package-group.ts";
import { packagesOf } from "../state/packages-of.ts";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listModelPackages: Operation<Wire<ListModelPackagesInput>, Wire<ListModelPackagesOutput>> = (
  input,
  call,
) => {
  const { ModelPackageGroupName: group, ModelPackageType: type } = input;
  const ofGroup = () => packagesOf(findGroup(group, call).description.ModelPackageGroupArn, call);
  const own = () => call.store.modelPackages.values().filter((each) => isIn(call.region, each.ModelPackageArn));
  // Every package here is a version of a group: without a group the service lists those that are none.
  const all = group !== undefined ? ofGroup() : type === "Versioned" || type === "Both" ? own() : [];
  const chosen = all.filter(
    (each) => input.ModelApprovalStatus === undefined || each.ModelApprovalStatus === input.ModelApprovalStatus,
  );
  const { items, next } = listing(chosen, input, {
    arn: (each) => each.ModelPackageArn,
    name: (each) => each.ModelPackageGroupName,
    created: (each) => each.CreationTime,
    sequence: (each) => each.ModelPackageVersion ?? 0,
    order: "Ascending",
  });
  // A version of a group has no name in a list (https://github.com/aws/sagemaker-python-sdk/issues/5606), as in the
  // developer guide's example: https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html
  const ModelPackageSummaryList = items.map((each) => ({
    ModelPackageGroupName: each.ModelPackageGroupName,
    ModelPackageVersion: each.ModelPackageVersion,
    ModelPackageArn: each.ModelPackageArn,
    ModelPackageDescription: each.ModelPackageDescription,
    CreationTime: each.CreationTime,
    ModelPackageStatus: each.ModelPackageStatus,
    ModelApprovalStatus: each.ModelApprovalStatus,
  }));
  return { ModelPackageSummaryList, ...next };
};
