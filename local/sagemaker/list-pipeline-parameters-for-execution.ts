import type {
  ListPipelineParametersForExecutionRequest,
  ListPipelineParametersForExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";
import { page } from "./page.ts";

export const listPipelineParametersForExecution: Operation<
  ListPipelineParametersForExecutionRequest,
  ListPipelineParametersForExecutionResponse
> = (input, call) => {
  const { parameters } = findExecution(input.PipelineExecutionArn, call);
  const all = Object.entries(parameters).map(([Name, value]) => ({ Name, Value: String(value) }));
  const { items, next } = page(all, input, (parameter) => parameter.Name);
  return { PipelineParameters: [...items], ...next };
};
