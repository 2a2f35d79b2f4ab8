import type { ListModelPackageGroupsInput, ListModelPackageGroupsOutput } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listModelPackageGroups: Operation<
  Wire<ListModelPackageGroupsInput>,
  Wire<ListModelPackageGroupsOutput>
> = (input, call) => {
  const chosen = call.store.modelPackageGroups
    .values()
    .map((record) => record.description)
    .filter((group) => group.ModelPackageGroupArn.split(":")[3] === call.region)
    .filter((group) => (group.ModelPackageGroupName ?? "").includes(input.NameContains ?? ""));
  const key = input.SortBy === "Name" ? "ModelPackageGroupName" : "CreationTime";
  const sorted = sortedBy(chosen, (group) => group[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (group) => group.ModelPackageGroupArn);
  const ModelPackageGroupSummaryList = items.map((group) => ({
    ModelPackageGroupName: group.ModelPackageGroupName,
    ModelPackageGroupArn: group.ModelPackageGroupArn,
    ModelPackageGroupDescription: group.ModelPackageGroupDescription,
    CreationTime: group.CreationTime,
    ModelPackageGroupStatus: group.ModelPackageGroupStatus,
  }));
  return { ModelPackageGroupSummaryList, ...next };
};
