import { ModelPackageGroup as Group } from "@pulumi/aws-native/sagemaker/index.js";
import * as pulumi from "@pulumi/pulumi";
import { tagList } from "./tag-list.ts";

export interface ModelPackageGroupArgs {
  readonly groupName: string;
  /** Whether Pulumi refuses to delete the group, and with it the record of its models. */
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The group that a pipeline registers its models in. */
export class ModelPackageGroup extends pulumi.ComponentResource {
  constructor(
    name: string,
    { groupName, protect, tags }: ModelPackageGroupArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("training:infra:ModelPackageGroup", name, {}, opts);
    new Group(
      name,
      {
        modelPackageGroupName: groupName,
        // Constant: a changed description makes the provider delete the group and make it anew.
        modelPackageGroupDescription: "Models registered by the SageMaker pipeline of the same name",
        ...tagList(tags),
      },
      { parent: this, protect },
    );
    this.registerOutputs({});
  }
}
