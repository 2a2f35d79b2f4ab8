import type {
  DescribePipelineExecutionRequest,
  DescribePipelineExecutionResponse,
  PipelineExecutionStatus,
} from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";
import { aliasesOf } from "./pipeline-version.ts";

export const describePipelineExecution: Operation<
  DescribePipelineExecutionRequest,
  Wire<DescribePipelineExecutionResponse>
> = (input, call) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const { selection, maxParallelSteps } = execution;
  return {
    PipelineArn: execution.pipelineArn,
    PipelineExecutionArn: execution.arn,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionDescription: execution.description,
    // The SDK's type is older than the service's newest status.
    PipelineExecutionStatus: execution.status as PipelineExecutionStatus,
    FailureReason: execution.failureReason,
    CreationTime: execution.createdTime,
    LastModifiedTime: execution.modifiedTime,
    PipelineVersionId: execution.pipelineVersion,
    ...aliasesOf(execution, call),
    ...(maxParallelSteps === undefined
      ? {}
      : { ParallelismConfiguration: { MaxParallelExecutionSteps: maxParallelSteps } }),
    ...(selection === undefined
      ? {}
      : {
          SelectiveExecutionConfig: {
            SelectedSteps: selection.steps.map((StepName) => ({ StepName })),
            SourcePipelineExecutionArn: selection.source,
          },
        }),
  };
};
