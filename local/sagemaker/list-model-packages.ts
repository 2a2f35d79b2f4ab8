import type { ListModelPackagesInput, ListModelPackagesOutput } from "@aws-sdk/client-sagemaker";
import { findGroup } from "./model-package-group.ts";
import type { Operation } from "./operation.ts";
import { packagesOf } from "./packages-of.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listModelPackages: Operation<Wire<ListModelPackagesInput>, Wire<ListModelPackagesOutput>> = (
  input,
  call,
) => {
  const { description } = findGroup(input.ModelPackageGroupName, call);
  const chosen = packagesOf(description.ModelPackageGroupArn, call)
    .filter((each) => input.ModelApprovalStatus === undefined || each.ModelApprovalStatus === input.ModelApprovalStatus)
    .filter((each) => (each.CreationTime ?? 0) > (input.CreationTimeAfter ?? Number.NEGATIVE_INFINITY))
    .filter((each) => (each.CreationTime ?? 0) < (input.CreationTimeBefore ?? Number.POSITIVE_INFINITY));
  // Two packages of the same millisecond are told apart by their versions.
  const byVersion = sortedBy(chosen, (each) => each.ModelPackageVersion ?? 0, input.SortOrder);
  const sorted = sortedBy(byVersion, (each) => each.CreationTime ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (each) => each.ModelPackageArn);
  const ModelPackageSummaryList = items.map((each) => ({
    ModelPackageName: each.ModelPackageName,
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
