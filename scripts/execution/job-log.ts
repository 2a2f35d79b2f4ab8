import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";

/** Where the log of a step's job is: SageMaker's log group, and the job's name as the start of its stream's. */
export function jobLog(step: PipelineExecutionStep): { readonly group: string; readonly job: string } | undefined {
  const processing = step.Metadata?.ProcessingJob?.Arn;
  const training = step.Metadata?.TrainingJob?.Arn;
  const arn = processing ?? training;
  if (arn === undefined) return undefined;
  const group = processing === undefined ? "/aws/sagemaker/TrainingJobs" : "/aws/sagemaker/ProcessingJobs";
  return { group, job: arn.slice(arn.lastIndexOf("/") + 1) };
}

/** The last lines that a step's job printed; none where there is no log (or no permission to read it). */
export async function logTail(
  logs: CloudWatchLogsClient,
  step: PipelineExecutionStep,
  lines = 20,
): Promise<readonly string[]> {
  const log = jobLog(step);
  if (log === undefined) return [];
  try {
    const streams = await logs.send(
      new DescribeLogStreamsCommand({ logGroupName: log.group, logStreamNamePrefix: `${log.job}/` }),
    );
    const stream = streams.logStreams?.[0]?.logStreamName;
    if (stream === undefined) return [];
    const { events } = await logs.send(
      new GetLogEventsCommand({ logGroupName: log.group, logStreamName: stream, limit: lines, startFromHead: false }),
    );
    return (events ?? []).map(({ message }) => message ?? "");
  } catch {
    return [];
  }
}
