import type {
  DescribePipelineDefinitionForExecutionRequest,
  DescribePipelineDefinitionForExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";
import type { Wire } from "./wire.ts";

export const describePipelineDefinitionForExecution: Operation<
  DescribePipelineDefinitionForExecutionRequest,
  Wire<DescribePipelineDefinitionForExecutionResponse>
> = (input, call) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  return { PipelineDefinition: execution.definitionText, CreationTime: execution.createdTime };
};
