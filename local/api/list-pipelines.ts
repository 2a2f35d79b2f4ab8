import type { ListPipelinesRequest, ListPipelinesResponse } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { isIn, listing } from "./listing.ts";
import type { Operation } from "./operation.ts";

/** What the service's model has beyond the SDK's types. */
interface ManagedBy {
  readonly ManagedBy?: "AWS" | "CUSTOMER";
}

export const listPipelines: Operation<Wire<ListPipelinesRequest> & ManagedBy, Wire<ListPipelinesResponse>> = (
  input,
  call,
) => {
  const chosen = call.store.pipelines
    .values()
    .filter(({ PipelineArn }) => isIn(call.region, PipelineArn))
    // Those that AWS manages are none of this account's.
    .filter(() => input.ManagedBy !== "AWS")
    .filter(({ PipelineName }) => PipelineName.startsWith(input.PipelineNamePrefix ?? ""));
  const { items, next } = listing(chosen, input, {
    arn: ({ PipelineArn }) => PipelineArn,
    name: ({ PipelineName }) => PipelineName,
    created: ({ CreationTime }) => CreationTime,
    order: "Descending",
  });
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
