import { defined } from "../service-model/defined.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";

type Tags = Readonly<Record<string, string>>;
type Tagged = Pick<StackConfiguration, "sagemakerProjectName" | "sagemakerProjectId" | "tags">;

/** The most tags that AWS accepts on a resource. */
const most = 50;

/** Returns the tags that make Studio show pipelines and models in a SageMaker project. */
function studioTags({ sagemakerProjectName: name, sagemakerProjectId: id }: Tagged): Tags {
  return {
    ...defined({ "sagemaker:project-name": name, "sagemaker:project-id": id }),
  };
}

/**
 * Returns the tags of all resources of a stack: the configured tags, the tags of its SageMaker project, and the tags that
 * make Studio show pipelines and models in that project.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-studio-updates.html
 *
 * @param projects the tags of the SageMaker project
 */
export function stackTags(configuration: Tagged, projects: Tags): Tags {
  return { ...projects, ...configuration.tags, ...studioTags(configuration) };
}

/**
 * Returns one line for each conflict between configured tags and the project's. Keys that differ only in case are a conflict,
 * because IAM rejects them.
 */
export function tagProblems(configuration: Tagged, projects: Tags): readonly string[] {
  const studio = studioTags(configuration);
  const { tags: own } = configuration;
  const spelt = new Map<string, string>(Object.keys({ ...projects, ...studio }).map((key) => [key.toLowerCase(), key]));
  const count = Object.keys(stackTags(configuration, projects)).length;
  return [
    ...Object.keys(own).flatMap((key) => {
      const other = spelt.get(key.toLowerCase());
      if (other !== undefined && other !== key)
        return [`tags.${key}: got a key that differs from the project's tag ${other} only in case; write ${other}`];
      return studio[key] !== undefined && studio[key] !== own[key]
        ? [`tags.${key}: got ${JSON.stringify(own[key])}, but the project has ${studio[key]}; leave it out`]
        : [];
    }),
    ...(count > most ? [`tags: got ${count} with those of the project, but AWS accepts ${most}; give fewer`] : []),
  ];
}
