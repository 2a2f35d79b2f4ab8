import { loadPipeline, pipelineNames } from "../../pipelines/catalog.ts";
import type { DeclaredPipeline } from "../../pipelines/training-pipeline.ts";
import { environmentContext } from "../definition/environment-context.ts";

/** A pipeline folder of the working tree. */
export interface TreePipeline extends Partial<DeclaredPipeline> {
  readonly folder: string;
}

/** Builds the pipelines of the working tree. One that cannot be built has only a folder, and the deploy reports why. */
export async function treePipelines(): Promise<readonly TreePipeline[]> {
  const built = pipelineNames().map(async (folder): Promise<TreePipeline> => {
    try {
      return { folder, ...(await loadPipeline(folder))(environmentContext(folder, {})) };
    } catch {
      return { folder };
    }
  });
  return Promise.all(built);
}
