import { type ExecutionVariable, expression } from "./expression.ts";

/** An execution variable by the service's own name, such as `PipelineExecutionId`. */
export function executionVariable(name: string): ExecutionVariable {
  return expression<ExecutionVariable>({ kind: "execution-variable", name });
}

/**
 * What the service knows of the running execution. `trainingJobName` and `processingJobName` are the name of the job of
 * the step that uses them.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-variables.html
 */
export const execution = Object.freeze({
  pipelineName: executionVariable("PipelineName"),
  pipelineArn: executionVariable("PipelineArn"),
  id: executionVariable("PipelineExecutionId"),
  arn: executionVariable("PipelineExecutionArn"),
  startDateTime: executionVariable("StartDateTime"),
  currentDateTime: executionVariable("CurrentDateTime"),
  trainingJobName: executionVariable("TrainingJobName"),
  processingJobName: executionVariable("ProcessingJobName"),
});
