import type { ParameterDefinition, PipelineDefinition, StepDefinition } from "../../pipelines/sagemaker/definition.ts";
import { definitionSteps } from "./definition-steps.ts";
import type { Permission } from "./statement.ts";
import { places, valuePatterns } from "./value-patterns.ts";

/** Arguments whose value is an image. */
const imageMembers: ReadonlySet<string> = new Set(["ImageUri", "TrainingImage", "Image"]);

/** What an image in ECR is called: `<account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>` or `@sha256:<digest>`. */
const imageUri = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[^/]+\/([^:@]+)(?:[:@].*)?$/;

function stepImages({ Arguments }: StepDefinition, parameters: readonly ParameterDefinition[]) {
  return places(Arguments)
    .filter(({ path }) => imageMembers.has(path.at(-1) ?? ""))
    .flatMap(({ path, value }) => {
      const images = valuePatterns(value, parameters);
      return images.length === 0 ? [{ path, image: "*" }] : images.map((image) => ({ path, image }));
    });
}

/** The ECR repositories of a definition's images, and one line for each image whose repository cannot be known. */
export function repositoriesOf(
  definition: PipelineDefinition,
  partition: string,
): { readonly repositories: readonly string[]; readonly problems: readonly string[] } {
  const repositories: string[] = [];
  const problems: string[] = [];
  for (const step of definitionSteps(definition)) {
    if (step.Type === "Condition" || step.Type === "ForEach") continue;
    for (const { path, image } of stepImages(step, definition.Parameters)) {
      const [, account, region, repository] = imageUri.exec(image) ?? [];
      if (repository !== undefined && !/\*/.test(repository))
        repositories.push(`arn:${partition}:ecr:${region}:${account}:repository/${repository}`);
      // An image of a public registry is pulled without rights; one that only the execution knows could be any.
      else if (image.includes("*"))
        problems.push(
          `step ${step.Name}, ${path.join(".")}: only the execution knows the image, so that the role cannot be allowed to pull it; give a URI, or a parameter with a default`,
        );
    }
  }
  return { repositories, problems };
}

/**
 * What a role needs to pull images.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 */
export function imagePermissions(repositories: readonly string[]): readonly Permission[] {
  if (repositories.length === 0) return [];
  return [
    {
      Sid: "PullImages",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: repositories,
    },
    { Sid: "LogInToRegistry", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
  ];
}
