import { getResources } from "@pulumi/aws/resourcegroupstaggingapi/index.js";
import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { errorLine } from "./error-line.ts";

type Tags = Readonly<Record<string, string>>;

/**
 * The tags that somebody gave to a SageMaker project; those that begin with `aws:` are AWS's own, and nobody else's to give.
 *
 * @throws ConfigurationProblems where AWS does not tell them
 */
export async function projectTags(arn: string): Promise<Tags> {
  const mappings = await getResources({ resourceArnLists: [arn] }).catch((error: unknown) => {
    throw new ConfigurationProblems([
      `sagemakerProjectArn: got ${arn}, whose tags AWS does not tell (${errorLine(error)}); give whoever deploys the right tag:GetResources, or leave it out`,
    ]);
  });
  const tags = mappings.resourceTagMappingLists.find(({ resourceArn }) => resourceArn === arn)?.tags ?? {};
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

/**
 * The tags of everything in a stack: its own, and those by which Studio shows pipelines and models in a SageMaker
 * project, with what the project itself is tagged with.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-studio-updates.html
 */
export function stackTags(configuration: StackConfiguration, projects: Tags = {}): Tags {
  const { sagemakerProjectName: name, sagemakerProjectId: id, tags } = configuration;
  return {
    ...projects,
    ...tags,
    ...(name === undefined ? {} : { "sagemaker:project-name": name }),
    ...(id === undefined ? {} : { "sagemaker:project-id": id }),
  };
}
