import type { Expression } from "./expression.ts";

export interface ExecutionVariable extends Expression<string> {
  readonly kind: "execution-variable";
  readonly name: string;
}

function variable(name: string): ExecutionVariable {
  return Object.freeze({ kind: "execution-variable", name });
}

/**
 * What the service knows of the running execution.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-variables.html
 */
export const execution = Object.freeze({
  pipelineName: variable("PipelineName"),
  pipelineArn: variable("PipelineArn"),
  id: variable("PipelineExecutionId"),
  arn: variable("PipelineExecutionArn"),
  startDateTime: variable("StartDateTime"),
  currentDateTime: variable("CurrentDateTime"),
});
