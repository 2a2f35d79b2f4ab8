import type { PipelineContext } from "../../pipelines/training-pipeline.ts";

/** A context for the crickets pipeline with the required values only. */
export const cricketsContext: PipelineContext = {
  ...{ region: "eu-central-1", bucket: "artifacts", prefix: "crickets" },
  ...{ pipelineName: "crickets", modelPackageGroupName: "crickets" },
  roleArn: "arn:aws:iam::111122223333:role/execution",
};
