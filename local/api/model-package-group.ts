import type {
  CreateModelPackageGroupInput,
  CreateModelPackageGroupOutput,
  DeleteModelPackageGroupInput,
  DescribeModelPackageGroupInput,
  ListModelPackageGroupsInput,
  ListModelPackageGroupsOutput,
} from "@aws-sdk/client-sagemaker";
import { addGroup, findGroup } from "../state/model-package-group.ts";
import { packagesOf } from "../state/packages-of.ts";
import type { ModelPackageGroupRecord } from "../state/store.ts";
import { setTags } from "../state/tags.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { isInRegion, listing } from "./listing.ts";

type Description = ModelPackageGroupRecord["description"];

export function createModelPackageGroup(
  input: CreateModelPackageGroupInput,
  call: Call,
): CreateModelPackageGroupOutput {
  const { ModelPackageGroupArn } = addGroup(input, { ...call, now: call.now() }).description;
  setTags(ModelPackageGroupArn, input.Tags ?? [], call);
  return { ModelPackageGroupArn };
}

export function describeModelPackageGroup(input: DescribeModelPackageGroupInput, call: Call): Description {
  return findGroup(input.ModelPackageGroupName, call).description;
}

export function listModelPackageGroups(
  input: Wire<ListModelPackageGroupsInput>,
  call: Call,
): Wire<ListModelPackageGroupsOutput> {
  const own = call.store.modelPackageGroups
    .values()
    .map(({ description }) => description)
    // There are no groups of other accounts here.
    .filter(
      (group) =>
        isInRegion(call.region, group.ModelPackageGroupArn) && input.CrossAccountFilterOption !== "CrossAccount",
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
}

export function deleteModelPackageGroup(input: DeleteModelPackageGroupInput, call: Call): object {
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
}
