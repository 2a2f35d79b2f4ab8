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
): Promise<{ readonly group: string; readonly job: string | undefined } | undefined> {
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

/** Returns the last lines of the log of a step's job, or one line that says why the log cannot be read. */
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
