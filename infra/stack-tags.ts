import { defined } from "../service-model/defined.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";

type Tags = Readonly<Record<string, string>>;
type Tagged = Pick<StackConfiguration, "sagemakerProjectName" | "sagemakerProjectId" | "tags">;

/** Tags that AWS takes for a resource. */
const most = 50;

/** The tags by which Studio shows pipelines and models in a SageMaker project. */
function studioTags({ sagemakerProjectName: name, sagemakerProjectId: id }: Tagged): Tags {
  return {
    ...defined({ "sagemaker:project-name": name, "sagemaker:project-id": id }),
  };
}

/**
 * The tags of everything in a stack: its own, and those by which Studio shows pipelines and models in a SageMaker
 * project, with what the project itself is tagged with.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-studio-updates.html
 *
 * @param projects the project's own
 */
export function stackTags(configuration: Tagged, projects: Tags): Tags {
  return { ...projects, ...configuration.tags, ...studioTags(configuration) };
}

/** What is wrong between tags of different origin, a line each: IAM takes no two that differ in their case alone. */
export function tagProblems(configuration: Tagged, projects: Tags): readonly string[] {
  const studio = studioTags(configuration);
  const { tags: own } = configuration;
  const spelt = new Map<string, string>(Object.keys({ ...projects, ...studio }).map((key) => [key.toLowerCase(), key]));
  const count = Object.keys(stackTags(configuration, projects)).length;
  return [
    ...Object.keys(own).flatMap((key) => {
      const other = spelt.get(key.toLowerCase());
      if (other !== undefined && other !== key)
        return [`tags.${key}: got a key that differs from the project's ${other} in its case alone; spell it so, too`];
      return studio[key] !== undefined && studio[key] !== own[key]
        ? [`tags.${key}: got ${JSON.stringify(own[key])}, but the project says ${studio[key]}; leave it out`]
        : [];
    }),
    ...(count > most ? [`tags: got ${count} together with the project's, AWS takes ${most}; give fewer`] : []),
  ];
}
