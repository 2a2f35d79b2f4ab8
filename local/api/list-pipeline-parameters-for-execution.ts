import type {
  ListPipelineParametersForExecutionRequest,
  ListPipelineParametersForExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import { page } from "../wire/page.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

export const listPipelineParametersForExecution: Operation<
  ListPipelineParametersForExecutionRequest,
  ListPipelineParametersForExecutionResponse
> = (input, call) => {
  const { parameters, overrides } = findExecution(input.PipelineExecutionArn, call);
  // What was given is told as it was given: 1.50, not 1.5.
  const given = new Map(overrides.map(({ Name, Value }) => [Name, Value]));
  const all = Object.entries(parameters).map(([Name, value]) => ({ Name, Value: given.get(Name) ?? String(value) }));
  const { items, next } = page(all, input, (parameter) => parameter.Name);
  return { PipelineParameters: [...items], ...next };
};
