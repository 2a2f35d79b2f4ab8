import type { ListPipelineExecutionsRequest, ListPipelineExecutionsResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { page, sortedBy } from "./page.ts";
import { findPipeline } from "./pipeline.ts";
import type { Wire } from "./wire.ts";

export const listPipelineExecutions: Operation<
  Wire<ListPipelineExecutionsRequest>,
  Wire<ListPipelineExecutionsResponse>
> = (input, call) => {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const chosen = call.store.executions
    .values()
    .filter((execution) => execution.pipelineArn === PipelineArn)
    .filter((execution) => execution.createdTime >= (input.CreatedAfter ?? 0))
    .filter((execution) => execution.createdTime <= (input.CreatedBefore ?? Number.POSITIVE_INFINITY));
  const key = input.SortBy === "PipelineExecutionArn" ? "arn" : "createdTime";
  const sorted = sortedBy(chosen, (execution) => execution[key], input.SortOrder);
  const { items, next } = page(sorted, input, (execution) => execution.arn);
  const PipelineExecutionSummaries = items.map((execution) => ({
    PipelineExecutionArn: execution.arn,
    StartTime: execution.createdTime,
    PipelineExecutionStatus: execution.status,
    PipelineExecutionDescription: execution.description,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionFailureReason: execution.failureReason,
  }));
  return { PipelineExecutionSummaries, ...next };
};
