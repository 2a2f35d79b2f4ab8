/** Execution statuses that need no message. Any other status is reported, including statuses that AWS adds later. */
const unremarkable = ["Executing", "Stopping", "Stopped", "Succeeded"];

/** The most characters that EventBridge accepts in an event pattern. Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const patternCharacters = 2048;

/**
 * Returns the EventBridge pattern for executions that failed. It ignores the case of ARNs, because SageMaker writes the names of
 * older pipelines in lower case.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
function failureEvents(pipelineArns: readonly string[]): string {
  return JSON.stringify({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Building Pipeline Execution Status Change"],
    detail: {
      pipelineArn: pipelineArns.map((arn) => ({ "equals-ignore-case": arn })),
      currentPipelineExecutionStatus: [{ "anything-but": unremarkable }],
    },
  });
}

/** Returns the patterns for executions that failed: as few as EventBridge's limit allows, each for some of the pipelines. */
export function failurePatterns(pipelineArns: readonly string[]): readonly string[] {
  const groups: string[][] = [];
  for (const arn of pipelineArns) {
    const group = groups.at(-1);
    if (group !== undefined && failureEvents([...group, arn]).length <= patternCharacters) group.push(arn);
    else groups.push([arn]);
  }
  return groups.map(failureEvents);
}

/** Returns the name of the rule for a pattern; `??` as the number stands for any rule but the first. */
export function failureRuleName(first: string, number: number | "??"): string {
  return number === 0 ? first : `${first}-${String(number).padStart(2, "0")}`;
}
