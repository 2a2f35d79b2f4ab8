import type { UpdatePipelineExecutionRequest, UpdatePipelineExecutionResponse } from "@aws-sdk/client-sagemaker";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

/** Another limit of steps side by side holds at once for the steps that have not begun yet. */
export const updatePipelineExecution: Operation<UpdatePipelineExecutionRequest, UpdatePipelineExecutionResponse> = (
  input,
  call,
) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  call.store.executions.change(execution.arn, {
    progress: {
      displayName: input.PipelineExecutionDisplayName ?? execution.displayName,
      description: input.PipelineExecutionDescription ?? execution.description,
      maxParallelSteps: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? execution.maxParallelSteps,
      modifiedTime: call.now(),
    },
  });
  call.executions.limitChanged(execution.arn);
  return { PipelineExecutionArn: execution.arn };
};
