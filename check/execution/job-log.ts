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
import { jobKinds, kindsReadByCheck, logGroup, type ReadKind } from "../../service-model/job-kinds.ts";

/** The longest wait for a log, in milliseconds. The log is only additional information. */
const longestRead = 15_000;

/** The functions that return a job's name as its log streams spell it; the job's ARN can have it in lower case. */
const names: { readonly [Kind in ReadKind]: Describe } = {
  ProcessingJob: async (sagemaker, ProcessingJobName, options) =>
    (await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }), options)).ProcessingJobName,
  TrainingJob: async (sagemaker, TrainingJobName, options) =>
    (await sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }), options)).TrainingJobName,
};

type Describe = (
  sagemaker: SageMakerClient,
  name: string,
  options: { readonly abortSignal: AbortSignal },
) => Promise<string | undefined>;

/** Returns the log group and stream prefix of a step's job; undefined for a step without a job whose log is read. */
async function jobLog(
  sagemaker: SageMakerClient,
  { Metadata: metadata }: PipelineExecutionStep,
  abortSignal: AbortSignal,
): Promise<JobLog> {
  for (const kind of kindsReadByCheck) {
    const arn = metadata?.[kind]?.Arn;
    if (arn === undefined) continue;
    const job = await names[kind](sagemaker, lastPart(arn), { abortSignal });
    return { group: logGroup(jobKinds[kind].logs), job };
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

/** Removes control characters, so that a script's output cannot colour or clear the user's terminal. */
function printable(line: string): string {
  return line.replace(/[^\P{Cc}\t]/gu, "");
}

/** The log group and the name of a job; undefined for a step without a job whose log is read. */
type JobLog = { readonly group: string; readonly job: string | undefined } | undefined;

/** Returns the last lines of a job's log, or one line that says why the log cannot be read. */
export async function logTail(
  { clock, logs }: AwsClients,
  find: (abortSignal: AbortSignal) => Promise<JobLog>,
  limit = 20,
): Promise<readonly string[]> {
  try {
    return await within(clock, longestRead, async (signal) => {
      const log = await find(signal);
      return log?.job === undefined ? [] : lastLines(logs, { group: log.group, job: log.job, limit }, signal);
    });
  } catch (error) {
    return [`(it cannot be read: ${(error as Error).name})`];
  }
}

/** Returns the last lines of the log of a step's job, or one line that says why the log cannot be read. */
export function stepLogTail(clients: AwsClients, step: PipelineExecutionStep): Promise<readonly string[]> {
  return logTail(clients, (signal) => jobLog(clients.sagemaker, step, signal));
}
