import type { UpdatePipelineRequest, UpdatePipelineResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import type { Operation } from "./operation.ts";
import { definitionText, findPipeline } from "./pipeline.ts";
import { addPipelineVersion, pipelineVersion } from "./pipeline-version.ts";

/** An update that changes the definition makes a new version. */
export const updatePipeline: Operation<
  UpdatePipelineRequest & { readonly PipelineVersionAliases?: readonly string[] },
  UpdatePipelineResponse
> = async (input, call) => {
  const given = input.PipelineDefinition !== undefined || input.PipelineDefinitionS3Location !== undefined;
  findPipeline(input.PipelineName, call);
  const text = given ? await definitionText(input, call) : undefined;
  // Looked up again: another request may have been answered meanwhile.
  const before = findPipeline(input.PipelineName, call);
  const changes = text !== undefined && text !== before.PipelineDefinition;
  const { PipelineVersionAliases: aliases = [] } = input;
  if (aliases.length > 0 && !changes)
    throw validationError("PipelineVersionAliases needs a changed definition: this update makes no new version.");
  const pipeline = {
    ...before,
    PipelineDefinition: text ?? before.PipelineDefinition,
    PipelineDisplayName: input.PipelineDisplayName ?? before.PipelineDisplayName,
    PipelineDescription: input.PipelineDescription ?? before.PipelineDescription,
    RoleArn: input.RoleArn ?? before.RoleArn,
    ParallelismConfiguration: input.ParallelismConfiguration ?? before.ParallelismConfiguration,
    LastModifiedTime: call.now(),
  };
  const { version } = changes
    ? addPipelineVersion(pipeline, aliases, call)
    : pipelineVersion(before.PipelineArn, {}, call);
  call.store.pipelines.put(pipeline.PipelineArn, pipeline);
  return { PipelineArn: pipeline.PipelineArn, PipelineVersionId: version };
};
