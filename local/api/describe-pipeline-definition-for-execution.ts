import type {
  DescribePipelineDefinitionForExecutionRequest,
  DescribePipelineDefinitionForExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

export const describePipelineDefinitionForExecution: Operation<
  DescribePipelineDefinitionForExecutionRequest,
  Wire<DescribePipelineDefinitionForExecutionResponse>
> = (input, call) => {
  const execution = findExecution(input.PipelineExecutionArn, call);
  return { PipelineDefinition: execution.definitionText, CreationTime: execution.createdTime };
};
