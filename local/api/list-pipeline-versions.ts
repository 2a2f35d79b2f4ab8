import type { ListPipelineVersionsRequest, ListPipelineVersionsResponse } from "@aws-sdk/client-sagemaker";
import { pipelineVersionKey } from "../state/store.ts";
import type { Wire } from "../wire/wire.ts";
import { listing } from "./listing.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";
import { pipelineVersions } from "./pipeline-version.ts";

export const listPipelineVersions: Operation<Wire<ListPipelineVersionsRequest>, Wire<ListPipelineVersionsResponse>> = (
  input,
  call,
) => {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const { items, next } = listing(pipelineVersions(PipelineArn, call), input, {
    arn: ({ version }) => pipelineVersionKey(PipelineArn, version),
    name: ({ displayName }) => displayName,
    created: ({ createdTime }) => createdTime,
    sequence: ({ version }) => version,
    order: "Descending",
  });
  const PipelineVersionSummaries = items.map((each) => ({
    PipelineArn,
    PipelineVersionId: each.version,
    CreationTime: each.createdTime,
    PipelineVersionDescription: each.description,
    PipelineVersionDisplayName: each.displayName,
    LastExecutionPipelineExecutionArn: each.lastExecutionArn,
    ...(each.aliases.length === 0 ? {} : { PipelineVersionAliases: each.aliases }),
  }));
  return { PipelineVersionSummaries, ...next };
};
