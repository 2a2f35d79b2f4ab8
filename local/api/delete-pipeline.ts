import type { DeletePipelineRequest, DeletePipelineResponse } from "@aws-sdk/client-sagemaker";
import { isOver } from "../engine/outcome.ts";
import { pipelineVersionKey } from "../state/store.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { Operation } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";
import { pipelineVersions } from "./pipeline-version.ts";

export const deletePipeline: Operation<DeletePipelineRequest, DeletePipelineResponse> = (input, call) => {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const executions = call.store.executions.values().filter((execution) => execution.pipelineArn === PipelineArn);
  const running = executions.find((execution) => !isOver(execution));
  if (running !== undefined) {
    throw new AwsError("ConflictException", `Pipeline '${PipelineArn}' has a running execution: ${running.arn}`);
  }
  // A pipeline made anew under the same name is another one: the old one's runs must not serve its cache.
  for (const execution of executions) call.store.executions.delete(execution.arn);
  for (const { version } of pipelineVersions(PipelineArn, call))
    call.store.pipelineVersions.delete(pipelineVersionKey(PipelineArn, version));
  call.store.tags.delete(PipelineArn);
  call.store.pipelines.delete(PipelineArn);
  return { PipelineArn };
};
