import { ModelPackageGroup as Group } from "@pulumi/aws-native/sagemaker/modelPackageGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { tagList } from "./tag-list.ts";

export interface ModelPackageGroupArgs {
  readonly groupName: string;
  /** Whether Pulumi protects the group, and so the record of its models, from deletion. */
  readonly protect: boolean;
  /** Whether the group stays in AWS when the program no longer declares it. */
  readonly retain?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** The model package group that a pipeline registers its models in. */
export class ModelPackageGroup extends pulumi.ComponentResource {
  constructor(
    name: string,
    { groupName, protect, retain = false, tags }: ModelPackageGroupArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("training:infra:ModelPackageGroup", name, {}, opts);
    new Group(
      name,
      {
        modelPackageGroupName: groupName,
        // Never change this text, because the provider then deletes the group and creates a new one.
        modelPackageGroupDescription: "Models registered by the SageMaker pipeline of the same name",
        ...tagList(tags),
      },
      { parent: this, protect, retainOnDelete: retain },
    );
    this.registerOutputs({});
  }
}
