import type { DescribePipelineExecutionRequest, DescribePipelineExecutionResponse } from "@aws-sdk/client-sagemaker";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";
import type { Wire } from "./wire.ts";

export const describePipelineExecution: Operation<
  DescribePipelineExecutionRequest,
  Wire<DescribePipelineExecutionResponse>
> = (input, call) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  return {
    PipelineArn: execution.pipelineArn,
    PipelineExecutionArn: execution.arn,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionDescription: execution.description,
    PipelineExecutionStatus: execution.status,
    FailureReason: execution.failureReason,
    CreationTime: execution.createdTime,
    LastModifiedTime: execution.modifiedTime,
    ...(execution.maxParallelSteps === undefined
      ? {}
      : { ParallelismConfiguration: { MaxParallelExecutionSteps: execution.maxParallelSteps } }),
  };
};
