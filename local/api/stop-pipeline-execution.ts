import type { StopPipelineExecutionRequest, StopPipelineExecutionResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

export const stopPipelineExecution: Operation<StopPipelineExecutionRequest, StopPipelineExecutionResponse> = (
  input,
  call,
) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const token = input.ClientRequestToken;
  if (token !== undefined && execution.stopToken === token) return { PipelineExecutionArn: execution.arn };
  if (execution.status !== "Executing") {
    throw validationError(
      `Only pipelines in 'Executing' status can be stopped. Pipeline execution with ARN '${execution.arn}' is in status '${execution.status}'.`,
    );
  }
  call.executions.stop(execution, token);
  return { PipelineExecutionArn: execution.arn };
};
