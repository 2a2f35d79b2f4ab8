import type { PipelineDefinition } from "../../service-model/definition.ts";
import { serviceName } from "../../service-model/partition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { madeBy, stepTypeFacts } from "../../service-model/step-types.ts";
import type { Permission } from "./statement.ts";
import { namedTexts, open } from "./value-patterns.ts";

/** The names of arguments that hold an image URI. */
const imageMembers: ReadonlySet<string> = new Set(["ImageUri", "TrainingImage", "Image"]);

/** Matches the URI of an image in ECR: `<account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>` or `@sha256:<digest>`. */
const imageUri = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.[a-z0-9.]+\/([a-z0-9][a-z0-9._/-]*)(?:[:@][\w.:-]+)?$/;

/** Tells whether an image's host is ECR of the region. */
function isIn(image: string, region: string): boolean {
  const [host = ""] = image.replace(".dkr.ecr-fips.", ".dkr.ecr.").split("/");
  return host.endsWith(`.${serviceName("dkr.ecr", region)}`);
}

/**
 * Returns the images of a definition that are in ECR of another region. SageMaker pulls images only from ECR in its own region.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ContainerDefinition.html (Image), and the answer of
 * CreateProcessingJob, https://github.com/aws/amazon-sagemaker-examples/issues/2422
 */
export function foreignImages(definition: PipelineDefinition, region: string): readonly string[] {
  const images = definitionSteps(definition)
    .filter(({ Type }) => madeBy(Type)?.pullsImages)
    .flatMap(({ Arguments }) =>
      namedTexts(Arguments, definition.Parameters, (at) => imageMembers.has(at.at(-1) ?? "")).map(({ text }) => text),
    );
  return [...new Set(images)].filter((image) => imageUri.test(image) && !isIn(image, region));
}

/** Returns the ECR repositories of a definition's images, and one line for each image whose repository is unknown. */
export function repositoriesOf(
  definition: PipelineDefinition,
  partition: string,
): { readonly repositories: readonly string[]; readonly problems: readonly string[] } {
  const repositories: string[] = [];
  const problems: string[] = [];
  for (const { Name, Type, Arguments } of definitionSteps(definition)) {
    if (stepTypeFacts(Type)?.contains !== undefined) continue;
    for (const { path, text } of namedTexts(Arguments, definition.Parameters, (at) =>
      imageMembers.has(at.at(-1) ?? ""),
    )) {
      const [, account, region, repository] = imageUri.exec(text) ?? [];
      if (repository !== undefined)
        repositories.push(`arn:${partition}:ecr:${region}:${account}:repository/${repository}`);
      else if (text.includes(open))
        problems.push(
          `step ${Name}, ${path}: the image is known only during an execution, so the role cannot get permission to pull it; give a URI, or a parameter with a default`,
        );
      // Other registries need no permission, but this URI is a misspelt one of ECR.
      else if (/\.dkr\.ecr/.test(text))
        problems.push(`step ${Name}, ${path}: got ${text}; give ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG`);
    }
  }
  return { repositories, problems };
}

/**
 * Returns the permissions to pull images from ECR.
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
