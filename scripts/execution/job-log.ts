import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeProcessingJobCommand,
  DescribeTrainingJobCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { lastPart } from "./arn.ts";
import type { AwsClients } from "./aws-clients.ts";

/** Where the log of a step's job is. Its streams begin with the job's name, which an ARN has in lower case only. */
async function jobLog(
  sagemaker: SageMakerClient,
  { Metadata: metadata }: PipelineExecutionStep,
): Promise<{ readonly group: string; readonly job: string | undefined } | undefined> {
  const [processing, training] = [metadata?.ProcessingJob?.Arn, metadata?.TrainingJob?.Arn];
  if (processing !== undefined) {
    const request = new DescribeProcessingJobCommand({ ProcessingJobName: lastPart(processing) });
    return { group: "/aws/sagemaker/ProcessingJobs", job: (await sagemaker.send(request)).ProcessingJobName };
  }
  if (training !== undefined) {
    const request = new DescribeTrainingJobCommand({ TrainingJobName: lastPart(training) });
    return { group: "/aws/sagemaker/TrainingJobs", job: (await sagemaker.send(request)).TrainingJobName };
  }
  return undefined;
}

async function lastLines(logs: CloudWatchLogsClient, group: string, job: string, limit: number) {
  const streams = await logs.send(
    new DescribeLogStreamsCommand({ logGroupName: group, logStreamNamePrefix: `${job}/` }),
  );
  const logStreamName = streams.logStreams?.[0]?.logStreamName;
  if (logStreamName === undefined) return [];
  const events = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName, limit }));
  return (events.events ?? []).map(({ message }) => printable(message ?? ""));
}

/** Without control characters: what a script printed must not colour or clear the user's terminal. */
function printable(line: string): string {
  return line.replace(/[^\P{Cc}\t]/gu, "");
}

/** The last lines that a step's job printed; where the log cannot be read, one line that says so. */
export async function logTail(
  clients: AwsClients,
  step: PipelineExecutionStep,
  lines = 20,
): Promise<readonly string[]> {
  try {
    const log = await jobLog(clients.sagemaker, step);
    return log?.job === undefined ? [] : await lastLines(clients.logs, log.group, log.job, lines);
  } catch (error) {
    return [`(it cannot be read: ${(error as Error).name})`];
  }
}
