import type { PipelineContext } from "../../pipelines/training-pipeline.ts";

/** A context for the abalone pipeline with the required values only. */
export const abaloneContext: PipelineContext = {
  ...{ region: "eu-central-1", bucket: "artifacts", prefix: "abalone" },
  ...{ pipelineName: "abalone", modelPackageGroupName: "abalone" },
  roleArn: "arn:aws:iam::111122223333:role/execution",
};
