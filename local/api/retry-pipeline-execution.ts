import type { RetryPipelineExecutionRequest, RetryPipelineExecutionResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../wire/aws-error.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

/**
 * Runs an execution on from where it failed or was stopped: what succeeded stays, with the same parameters and definition.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RetryPipelineExecution.html
 */
export const retryPipelineExecution: Operation<RetryPipelineExecutionRequest, RetryPipelineExecutionResponse> = (
  input,
  call,
) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const { arn, status, retryTokens = [] } = execution;
  const token = input.ClientRequestToken;
  if (token !== undefined && retryTokens.includes(token)) return { PipelineExecutionArn: arn };
  if (status !== "Failed" && status !== "Stopped")
    throw validationError(
      `Only pipeline executions in 'Failed' or 'Stopped' status can be retried. Pipeline execution with ARN '${arn}' is in status '${status}'.`,
    );
  const limit = input.ParallelismConfiguration?.MaxParallelExecutionSteps;
  call.store.executions.change(arn, {
    progress: {
      status: "Executing",
      failureReason: undefined,
      modifiedTime: call.now(),
      ...(limit === undefined ? {} : { maxParallelSteps: limit }),
      retryTokens: token === undefined ? retryTokens : [...retryTokens, token],
    },
    forget: execution.steps.filter((step) => step.status !== "Succeeded").map((step) => step.name),
  });
  call.executions.start(findExecution(arn, call));
  return { PipelineExecutionArn: arn };
};
