import type { UpdatePipelineRequest, UpdatePipelineResponse } from "@aws-sdk/client-sagemaker";
import type { Operation } from "./operation.ts";
import { definitionText, findPipeline } from "./pipeline.ts";

export const updatePipeline: Operation<UpdatePipelineRequest, UpdatePipelineResponse> = async (input, call) => {
  const changes = input.PipelineDefinition !== undefined || input.PipelineDefinitionS3Location !== undefined;
  findPipeline(input.PipelineName, call);
  const text = changes ? await definitionText(input, call) : undefined;
  const pipeline = findPipeline(input.PipelineName, call);
  call.store.pipelines.put(pipeline.PipelineArn, {
    ...pipeline,
    PipelineDefinition: text ?? pipeline.PipelineDefinition,
    PipelineDisplayName: input.PipelineDisplayName ?? pipeline.PipelineDisplayName,
    PipelineDescription: input.PipelineDescription ?? pipeline.PipelineDescription,
    RoleArn: input.RoleArn ?? pipeline.RoleArn,
    ParallelismConfiguration: input.ParallelismConfiguration ?? pipeline.ParallelismConfiguration,
    LastModifiedTime: call.now(),
  });
  return { PipelineArn: pipeline.PipelineArn };
};
