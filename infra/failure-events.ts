/** Execution statuses that need no message. Any other status is reported, including statuses that AWS adds later. */
const unremarkable = ["Executing", "Stopping", "Stopped", "Succeeded"];

/**
 * Returns the EventBridge pattern for executions that failed. It ignores the case of ARNs, because SageMaker writes the names of
 * older pipelines in lower case.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export function failureEvents(pipelineArns: readonly string[]): string {
  return JSON.stringify({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
    detail: {
      pipelineArn: pipelineArns.map((arn) => ({ "equals-ignore-case": arn })),
      currentPipelineExecutionStatus: [{ "anything-but": unremarkable }],
    },
  });
}
