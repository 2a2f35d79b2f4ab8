/** The types of a pipeline folder, at the place where the folders below find them once they are copied to `pipelines/`, too. */
export type { DeclaredPipeline, PipelineContext, TrainingPipeline } from "../../pipelines/training-pipeline.ts";
