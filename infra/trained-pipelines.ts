import { loadPipeline } from "../pipelines/catalog.ts";
import { checkPipeline } from "../pipelines/sagemaker/index.ts";
import type { PipelineContext, TrainingPipeline } from "../pipelines/training-pipeline.ts";

/** A pipeline folder's pipeline, as the stack's context makes it. */
export interface TrainedPipeline extends TrainingPipeline {
  /** The folder's name. */
  readonly folder: string;
  readonly context: PipelineContext;
}

/**
 * Makes the pipelines of all folders, and finds what is wrong with them, a line each: so that nothing is created where
 * one of them cannot be.
 */
export async function trainedPipelines(
  folders: readonly string[],
  contextOf: (folder: string) => PipelineContext,
): Promise<{ readonly pipelines: readonly TrainedPipeline[]; readonly problems: readonly string[] }> {
  const pipelines: TrainedPipeline[] = [];
  const problems: string[] = [];
  for (const folder of folders) {
    const context = contextOf(folder);
    try {
      const trained = (await loadPipeline(folder))(context);
      pipelines.push({ ...trained, folder, context });
      for (const { path, message } of checkPipeline(trained.pipeline))
        problems.push(`pipeline ${folder}, ${path}: ${message}`);
    } catch (error) {
      problems.push(`pipeline ${folder}: ${(error as Error).message}`);
    }
  }
  return { pipelines, problems };
}
