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
import { lastPart } from "../../aws/arn.ts";
import type { AwsClients } from "../../aws/clients.ts";
import { within } from "../../aws/clock.ts";

/** A log is no more than an addition to what is known: nobody waits longer for it, in milliseconds. */
const longestRead = 15_000;

/** Where the log of a step's job is. Its streams begin with the job's name, which an ARN has in lower case only. */
async function jobLog(
  sagemaker: SageMakerClient,
  { Metadata: metadata }: PipelineExecutionStep,
  abortSignal: AbortSignal,
): Promise<{ readonly group: string; readonly job: string | undefined } | undefined> {
  const [processing, training] = [metadata?.ProcessingJob?.Arn, metadata?.TrainingJob?.Arn];
  if (processing !== undefined) {
    const request = new DescribeProcessingJobCommand({ ProcessingJobName: lastPart(processing) });
    return {
      group: "/aws/sagemaker/ProcessingJobs",
      job: (await sagemaker.send(request, { abortSignal })).ProcessingJobName,
    };
  }
  if (training !== undefined) {
    const request = new DescribeTrainingJobCommand({ TrainingJobName: lastPart(training) });
    return {
      group: "/aws/sagemaker/TrainingJobs",
      job: (await sagemaker.send(request, { abortSignal })).TrainingJobName,
    };
  }
  return undefined;
}

async function lastLines(
  logs: CloudWatchLogsClient,
  { group, job, limit }: { readonly group: string; readonly job: string; readonly limit: number },
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const request = { logGroupName: group, logStreamNamePrefix: `${job}/` };
  const streams = await logs.send(new DescribeLogStreamsCommand(request), { abortSignal });
  const logStreamName = streams.logStreams?.[0]?.logStreamName;
  if (logStreamName === undefined) return [];
  const events = await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName, limit }), {
    abortSignal,
  });
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
    return await within(clients.clock, longestRead, async (signal) => {
      const log = await jobLog(clients.sagemaker, step, signal);
      if (log?.job === undefined) return [];
      return lastLines(clients.logs, { group: log.group, job: log.job, limit: lines }, signal);
    });
  } catch (error) {
    return [`(it cannot be read: ${(error as Error).name})`];
  }
}
