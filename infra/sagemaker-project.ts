import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/index.js";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";

type Tags = Readonly<Record<string, string>>;

/** The tags that somebody gave to a resource; those that begin with `aws:` are AWS's own, and nobody else's to give. */
async function tagsOf(arn: string): Promise<Tags> {
  const { resourceTagMappingLists } = await getResources({ resourceArnLists: [arn] });
  const tags = resourceTagMappingLists.find(({ resourceArn }) => resourceArn === arn)?.tags ?? {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

/**
 * The tags of everything in a stack: its own, and those by which Studio shows pipelines and models in a SageMaker
 * project, with what the project itself is tagged with.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-studio-updates.html
 */
export async function stackTags(configuration: StackConfiguration): Promise<Tags> {
  const { sagemakerProjectName: name, sagemakerProjectId: id, sagemakerProjectArn: arn, tags } = configuration;
  return {
    ...(arn === undefined ? {} : await tagsOf(arn)),
    ...tags,
    ...(name === undefined ? {} : { "sagemaker:project-name": name }),
    ...(id === undefined ? {} : { "sagemaker:project-id": id }),
  };
}
