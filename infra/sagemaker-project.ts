import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/getResources.js";

/**
 * Reads the tags of a SageMaker project, without the `aws:` tags, which only AWS can set.
 *
 * @throws Error if AWS does not return the tags
 */
export async function projectTags(arn: string): Promise<Readonly<Record<string, string>>> {
  const { resourceTagMappingLists } = await getResources({ resourceArnLists: [arn] });
  const tags = resourceTagMappingLists.find(({ resourceArn }) => resourceArn === arn)?.tags ?? {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}
