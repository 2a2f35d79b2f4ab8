import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/index.js";

/**
 * The tags that somebody gave to a SageMaker project; those that begin with `aws:` are AWS's own, and nobody else's to give.
 *
 * @throws Error where AWS does not tell them
 */
export async function projectTags(arn: string): Promise<Readonly<Record<string, string>>> {
  const { resourceTagMappingLists } = await getResources({ resourceArnLists: [arn] });
  const tags = resourceTagMappingLists.find(({ resourceArn }) => resourceArn === arn)?.tags ?? {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}
