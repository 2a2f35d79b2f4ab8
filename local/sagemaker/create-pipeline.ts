import type { CreatePipelineRequest, CreatePipelineResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../aws-error.ts";
import { pipelineArn } from "./arn.ts";
import { checkedName, type Operation, required } from "./operation.ts";
import { definitionText } from "./pipeline.ts";
import { setTags } from "./tags.ts";

export const createPipeline: Operation<CreatePipelineRequest, CreatePipelineResponse> = async (input, call) => {
  const PipelineName = checkedName(input.PipelineName, "PipelineName");
  const RoleArn = required(input.RoleArn, "RoleArn");
  const PipelineArn = pipelineArn(call.region, PipelineName);
  const PipelineDefinition = await definitionText(input, call);
  if (call.store.pipelines.get(PipelineArn) !== undefined) {
    throw validationError(
      `Pipeline names must be unique within an AWS account and region. Pipeline with name (${PipelineName}) already exists.`,
    );
  }
  const now = call.now();
  call.store.pipelines.put(PipelineArn, {
    PipelineArn,
    PipelineName,
    PipelineDisplayName: input.PipelineDisplayName ?? PipelineName,
    PipelineDescription: input.PipelineDescription,
    PipelineDefinition,
    RoleArn,
    PipelineStatus: "Active",
    CreationTime: now,
    LastModifiedTime: now,
    ParallelismConfiguration: input.ParallelismConfiguration,
  });
  setTags(PipelineArn, input.Tags ?? [], call);
  return { PipelineArn };
};
