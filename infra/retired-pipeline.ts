import * as pulumi from "@pulumi/pulumi";
import { ModelPackageGroup } from "./model-package-group.ts";

export interface RetiredPipelineArgs {
  readonly groupName: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The tag of a group that its stack hands over. The policy pack does not require protection of such a group. */
const retiredTag = { "training:retired": "true" };

/**
 * The model package group of a retired pipeline, whose other resources are deleted. It has the type and name of the former
 * `DeployedPipeline`, so that Pulumi recognises the group. AWS keeps the group when the next deploy no longer declares it.
 * Source: https://www.pulumi.com/docs/iac/concepts/resources/options/retainondelete/
 */
export class RetiredPipeline extends pulumi.ComponentResource {
  constructor(name: string, { groupName, tags }: RetiredPipelineArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:DeployedPipeline", name, {}, opts);
    new ModelPackageGroup(
      name,
      { groupName, protect: false, retain: true, tags: { ...tags, ...retiredTag } },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
