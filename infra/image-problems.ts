import { serviceName } from "../service-model/partition.ts";
import { foreignImages } from "./permissions/image-permissions.ts";
import type { TrainedPipeline } from "./trained-pipelines.ts";

/** Returns one line for each image of a pipeline that SageMaker cannot pull in the stack's region. */
export function imageProblems(pipelines: readonly TrainedPipeline[], region: string): readonly string[] {
  return pipelines.flatMap(({ folder, context, definition }) =>
    foreignImages(definition, region).map((image) => {
      const where = image === context.image ? `pipelines.${folder}.image` : `pipeline ${folder}, image`;
      return `${where}: got ${image}, but SageMaker pulls images only from ECR in its own region; give an image in ACCOUNT.${serviceName("dkr.ecr", region)}`;
    }),
  );
}
