import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { createModelPackageGroup } from "../sagemaker/create-model-package-group.ts";
import { deleteModelPackageGroup } from "../sagemaker/delete-model-package-group.ts";
import { findGroup } from "../sagemaker/model-package-group.ts";
import { setTags, tagsOf } from "../sagemaker/tags.ts";
import { defined, tags } from "./pipeline.ts";
import { type ResourceType, textOf } from "./resource-type.ts";

/** `AWS::SageMaker::ModelPackageGroup`; its identifier is its ARN. */
export const modelPackageGroupType: ResourceType = {
  createOnly: ["ModelPackageGroupName", "ModelPackageGroupDescription"],
  async create(desired, call) {
    const answer = await createModelPackageGroup(
      {
        ModelPackageGroupName: textOf(desired, "ModelPackageGroupName"),
        ModelPackageGroupDescription: textOf(desired, "ModelPackageGroupDescription"),
        Tags: tags(desired),
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
    setTags(description.ModelPackageGroupArn, tags(desired), call);
  },
  async remove(identifier, call) {
    await deleteModelPackageGroup({ ModelPackageGroupName: identifier }, call);
  },
};
