import type { CreatePipelineRequest, CreatePipelineResponse } from "@aws-sdk/client-sagemaker";
import { pipelineArn } from "../state/arn.ts";
import { setTags } from "../state/tags.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Operation } from "./operation.ts";
import { definitionText } from "./pipeline.ts";
import { addPipelineVersion, pipelineVersions } from "./pipeline-version.ts";

export const createPipeline: Operation<
  CreatePipelineRequest & { readonly PipelineVersionAliases?: readonly string[] },
  CreatePipelineResponse
> = async (input, call) => {
  const PipelineName = required(input.PipelineName, "PipelineName");
  const RoleArn = required(input.RoleArn, "RoleArn");
  const PipelineArn = pipelineArn(call.region, PipelineName);
  const PipelineDefinition = await definitionText(input, call);
  if (call.store.pipelines.get(PipelineArn) !== undefined) {
    const [first] = pipelineVersions(PipelineArn, call);
    if (input.ClientRequestToken !== undefined && first?.token === input.ClientRequestToken) return { PipelineArn };
    throw validationError(
      `Pipeline names must be unique within an AWS account and region. Pipeline with name (${PipelineName}) already exists.`,
    );
  }
  const now = call.now();
  const pipeline = {
    PipelineArn,
    PipelineName,
    PipelineDisplayName: input.PipelineDisplayName ?? PipelineName,
    PipelineDescription: input.PipelineDescription,
    PipelineDefinition,
    RoleArn,
    PipelineStatus: "Active" as const,
    CreationTime: now,
    LastModifiedTime: now,
    ParallelismConfiguration: input.ParallelismConfiguration,
  };
  addPipelineVersion(pipeline, input.PipelineVersionAliases ?? [], call, input.ClientRequestToken);
  call.store.pipelines.put(PipelineArn, pipeline);
  setTags(PipelineArn, input.Tags ?? [], call);
  return { PipelineArn };
};
