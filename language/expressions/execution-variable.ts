import { type ExecutionVariable, expression } from "./expression.ts";

/** Returns the execution variable with SageMaker's name for it, such as `PipelineExecutionId`. */
export function executionVariable(name: string): ExecutionVariable {
  return expression<ExecutionVariable>({ kind: "execution-variable", name });
}

/**
 * The execution variables. `trainingJobName` and `processingJobName` resolve to the name of the job whose step uses
 * them.
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
