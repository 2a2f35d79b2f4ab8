import type { DescribePipelineRequest } from "@aws-sdk/client-sagemaker";
import type { PipelineRecord } from "../state/store.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";
import { pipelineVersion } from "./pipeline-version.ts";

/** The pipeline, or a version of it: what it was made or updated to then. */
export const describePipeline: Operation<
  DescribePipelineRequest & { readonly PipelineVersionAlias?: string },
  PipelineRecord & { readonly PipelineVersionAliases?: readonly string[] }
> = (input, call) => {
  const current = findPipeline(input.PipelineName, call);
  const choice = { version: input.PipelineVersionId, alias: input.PipelineVersionAlias };
  const { pipeline, displayName, description, aliases } = pipelineVersion(current.PipelineArn, choice, call);
  const isLatest = choice.version === undefined && choice.alias === undefined;
  return {
    ...(isLatest ? current : { ...current, PipelineDefinition: pipeline.PipelineDefinition }),
    PipelineVersionDisplayName: displayName,
    PipelineVersionDescription: description,
    ...(aliases.length === 0 ? {} : { PipelineVersionAliases: aliases }),
  };
};
