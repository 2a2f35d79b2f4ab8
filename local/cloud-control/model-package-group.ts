import { z } from "zod";
import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import { createModelPackageGroup, deleteModelPackageGroup } from "../api/model-package-group.ts";
import { findGroup } from "../state/model-package-group.ts";
import { setTags, tagsOf } from "../state/tags.ts";
import { desiredTags, nameModel, tagsModel } from "./resource-model.ts";
import { type ResourceType, textOf } from "./resource-type.ts";

/** The type `AWS::SageMaker::ModelPackageGroup`, which is identified by its ARN. */
export const modelPackageGroupResource: ResourceType = {
  name: "AWS::SageMaker::ModelPackageGroup",
  identifier: { property: "ModelPackageGroupArn", prefix: "arn:" },
  createOnly: ["ModelPackageGroupName", "ModelPackageGroupDescription"],
  readOnly: ["ModelPackageGroupArn", "CreationTime", "ModelPackageGroupStatus"],
  // AWS's type also has a ModelPackageGroupPolicy, which shares a group with other accounts. The endpoint has one
  // account.
  model: z.strictObject({
    ModelPackageGroupName: nameModel(63),
    ModelPackageGroupDescription: z.string().max(1024).optional(),
    Tags: tagsModel.optional(),
  }),
  async create(desired, call) {
    const answer = createModelPackageGroup(
      {
        ModelPackageGroupName: textOf(desired, "ModelPackageGroupName"),
        ModelPackageGroupDescription: textOf(desired, "ModelPackageGroupDescription"),
        Tags: desiredTags(desired),
      },
      call,
    );
    return answer.ModelPackageGroupArn ?? "";
  },
  read(identifier, call) {
    const { description } = findGroup(identifier, call);
    return defined({
      ModelPackageGroupArn: description.ModelPackageGroupArn,
      ModelPackageGroupName: description.ModelPackageGroupName,
      ModelPackageGroupDescription: description.ModelPackageGroupDescription,
      ModelPackageGroupStatus: description.ModelPackageGroupStatus,
      CreationTime: new Date((description.CreationTime ?? 0) * 1000).toISOString(),
      Tags: tagsOf(description.ModelPackageGroupArn, call) as unknown as Json,
    });
  },
  async update(identifier, desired, call) {
    const { description } = findGroup(identifier, call);
    setTags(description.ModelPackageGroupArn, desiredTags(desired), call);
  },
  async remove(identifier, call) {
    await deleteModelPackageGroup({ ModelPackageGroupName: identifier }, call);
  },
  list: ({ store, region }) =>
    store.modelPackageGroups
      .values()
      .map(({ description }) => description.ModelPackageGroupArn)
      .filter((arn) => arnParts(arn).region === region)
      .sort(),
};
