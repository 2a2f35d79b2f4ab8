import type { ListPipelinesRequest, ListPipelinesResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import type { Wire } from "./wire.ts";

export const listPipelines: Operation<Wire<ListPipelinesRequest>, Wire<ListPipelinesResponse>> = (input, call) => {
  const chosen = call.store.pipelines
    .values()
    .filter((pipeline) => pipeline.PipelineArn.split(":")[3] === call.region)
    .filter((pipeline) => pipeline.PipelineName.startsWith(input.PipelineNamePrefix ?? ""));
  const key = input.SortBy === "Name" ? "PipelineName" : "CreationTime";
  const sorted = sortedBy(chosen, (pipeline) => pipeline[key] ?? 0, input.SortOrder);
  const { items, next } = page(sorted, input, (pipeline) => pipeline.PipelineArn);
  const PipelineSummaries = items.map((pipeline) => ({
    PipelineArn: pipeline.PipelineArn,
    PipelineName: pipeline.PipelineName,
    PipelineDisplayName: pipeline.PipelineDisplayName,
    PipelineDescription: pipeline.PipelineDescription,
    RoleArn: pipeline.RoleArn,
    CreationTime: pipeline.CreationTime,
    LastModifiedTime: pipeline.LastModifiedTime,
    LastExecutionTime: pipeline.LastRunTime,
  }));
  return { PipelineSummaries, ...next };
};
