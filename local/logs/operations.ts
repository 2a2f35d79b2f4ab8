import type {
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../aws-error.ts";
import { page } from "../sagemaker/page.ts";
import { groups, type JobLogs, type LogEvent, type LogGroup } from "./job-log.ts";

/** The log group of SageMaker's jobs that a request names; undefined for any other, which is moto's. */
export function jobGroup(request: { readonly logGroupName?: string; readonly logGroupIdentifier?: string }) {
  const name = request.logGroupName ?? request.logGroupIdentifier?.split(":").at(-1);
  return groups.find((group) => group === name);
}

/** By name, as CloudWatch sorts by default; `LastEventTime` sorts by the last line. */
export function describeLogStreams(
  request: DescribeLogStreamsRequest,
  group: LogGroup,
  logs: JobLogs,
): DescribeLogStreamsResponse {
  const all = logs.streams(group, request.logStreamNamePrefix ?? "").map((logStreamName) => {
    const events = logs.read(group, logStreamName) ?? [];
    const times = { firstEventTimestamp: events[0]?.timestamp, lastEventTimestamp: events.at(-1)?.timestamp };
    return { logStreamName, ...times, storedBytes: logs.size(group, logStreamName) };
  });
  if (request.orderBy === "LastEventTime") {
    all.sort((a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0));
  }
  if (request.descending === true) all.reverse();
  const asked = { MaxResults: request.limit ?? 50, NextToken: request.nextToken };
  const { items, next } = page(all, asked, (stream) => stream.logStreamName, 50);
  return { logStreams: [...items], ...(next.NextToken === undefined ? {} : { nextToken: next.NextToken }) };
}

/**
 * One part of a stream. Tokens are `f/<index>` and `b/<index>`; as in CloudWatch, the end of a stream gives the token back
 * that was sent, so that a follower asks again with it.
 */
export function getLogEvents(request: GetLogEventsRequest, group: LogGroup, logs: JobLogs): GetLogEventsResponse {
  const all = logs.read(group, request.logStreamName ?? "");
  if (all === undefined) throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  const events = all.filter((event) => inTime(event, request));
  const limit = Math.min(request.limit ?? 10_000, 10_000);
  const [start, end] = range(request, events.length, limit);
  const ingestionTime = Date.now();
  return {
    events: events.slice(start, end).map((event) => ({ ...event, ingestionTime })),
    nextForwardToken: `f/${end}`,
    nextBackwardToken: `b/${start}`,
  };
}

function inTime(event: LogEvent, request: GetLogEventsRequest): boolean {
  return event.timestamp >= (request.startTime ?? 0) && event.timestamp < (request.endTime ?? Number.POSITIVE_INFINITY);
}

function range(request: GetLogEventsRequest, count: number, limit: number): [number, number] {
  const token = /^([fb])\/(\d+)$/.exec(request.nextToken ?? "");
  if (request.nextToken !== undefined && token === null) {
    throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
  }
  const index = Math.min(Number(token?.[2] ?? 0), count);
  if (token?.[1] === "f") return [index, Math.min(index + limit, count)];
  if (token?.[1] === "b") return [Math.max(0, index - limit), index];
  return request.startFromHead === true ? [0, Math.min(limit, count)] : [Math.max(0, count - limit), count];
}
