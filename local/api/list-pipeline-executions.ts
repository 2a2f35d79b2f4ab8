import type {
  ListPipelineExecutionsRequest,
  ListPipelineExecutionsResponse,
  PipelineExecutionStatus,
} from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { listing } from "./listing.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";
import { aliasesOf, pipelineVersion } from "./pipeline-version.ts";

export const listPipelineExecutions: Operation<
  Wire<ListPipelineExecutionsRequest> & { readonly PipelineVersionAlias?: string },
  Wire<ListPipelineExecutionsResponse>
> = (input, call) => {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const { PipelineVersionAlias: alias } = input;
  const version = alias === undefined ? undefined : pipelineVersion(PipelineArn, { alias }, call).version;
  const chosen = call.store.executions
    .values()
    .filter(({ pipelineArn }) => pipelineArn === PipelineArn)
    .filter(({ pipelineVersion: own }) => version === undefined || own === version);
  const { items, next } = listing(chosen, input, {
    arn: ({ arn }) => arn,
    name: ({ displayName }) => displayName,
    created: ({ createdTime }) => createdTime,
    order: "Descending",
  });
  const PipelineExecutionSummaries = items.map((execution) => ({
    PipelineExecutionArn: execution.arn,
    StartTime: execution.createdTime,
    // The SDK's type is older than the service's newest status.
    PipelineExecutionStatus: execution.status as PipelineExecutionStatus,
    PipelineExecutionDescription: execution.description,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionFailureReason: execution.failureReason,
    ...aliasesOf(execution, call),
  }));
  return { PipelineExecutionSummaries, ...next };
};
