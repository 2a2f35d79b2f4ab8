/** Ends of an execution that nobody has to look at. Any other one is worth a message, those too that are yet to come. */
const unremarkable = ["Executing", "Stopping", "Stopped", "Succeeded"];

/** The events of executions that did not end well. Source: https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html */
export function failureEvents(pipelineArns: readonly string[]): string {
  return JSON.stringify({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
    detail: {
      pipelineArn: pipelineArns,
      currentPipelineExecutionStatus: [{ "anything-but": unremarkable }],
    },
  });
}
