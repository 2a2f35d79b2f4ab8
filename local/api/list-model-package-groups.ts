import type { ListModelPackageGroupsInput, ListModelPackageGroupsOutput } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

export const listModelPackageGroups: Operation<
  Wire<ListModelPackageGroupsInput>,
  Wire<ListModelPackageGroupsOutput>
> = (input, call) => {
  const own = call.store.modelPackageGroups
    .values()
    .map(({ description }) => description)
    // No other account shares anything with this one.
    .filter(
      (group) => isIn(call.region, group.ModelPackageGroupArn) && input.CrossAccountFilterOption !== "CrossAccount",
    );
  const { items, next } = listing(own, input, {
    arn: (group) => group.ModelPackageGroupArn,
    name: (group) => group.ModelPackageGroupName,
    created: (group) => group.CreationTime,
    order: "Ascending",
  });
  const ModelPackageGroupSummaryList = items.map((group) => ({
    ModelPackageGroupName: group.ModelPackageGroupName,
    ModelPackageGroupArn: group.ModelPackageGroupArn,
    ModelPackageGroupDescription: group.ModelPackageGroupDescription,
    CreationTime: group.CreationTime,
    ModelPackageGroupStatus: group.ModelPackageGroupStatus,
  }));
  return { ModelPackageGroupSummaryList, ...next };
};
