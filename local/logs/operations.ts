import type {
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from "@aws-sdk/client-cloudwatch-logs";
import { defined } from "../../service-model/defined.ts";
import { AwsError } from "../wire/aws-error.ts";
import { page } from "../wire/page.ts";
import { atMost } from "./at-most.ts";
import { type JobLogStore, jobLogGroups, type LogEvent, type LogGroup } from "./job-log-store.ts";

/** Returns the log group of SageMaker's jobs that a request names. Undefined for every other group; moto answers for those. */
export function jobGroup(request: { readonly logGroupName?: string; readonly logGroupIdentifier?: string }) {
  const name = request.logGroupName ?? request.logGroupIdentifier?.split(":").at(-1);
  return jobLogGroups.find((group) => group === name);
}

/** Lists the streams of a log group, sorted by name, or by the time of the last line if `orderBy` is `LastEventTime`. */
export function describeLogStreams(
  request: DescribeLogStreamsRequest,
  group: LogGroup,
  logs: JobLogStore,
): DescribeLogStreamsResponse {
  const names = logs.streams(group, request.logStreamNamePrefix ?? "");
  if (request.orderBy === "LastEventTime") {
    const last = new Map(names.map((name) => [name, lastEvent(logs, group, name)?.timestamp ?? 0]));
    names.sort((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0));
  }
  if (request.descending === true) names.reverse();
  const asked = { MaxResults: request.limit ?? 50, NextToken: request.nextToken };
  const { items, next } = page(names, asked, (name) => name, 50);
  const logStreams = items.map((logStreamName) => {
    const [first] = logs.from(group, logStreamName, 0);
    return {
      logStreamName,
      firstEventTimestamp: first?.timestamp,
      lastEventTimestamp: lastEvent(logs, group, logStreamName)?.timestamp,
      storedBytes: logs.size(group, logStreamName),
    };
  });
  return { logStreams, ...defined({ nextToken: next.NextToken }) };
}

function lastEvent(logs: JobLogStore, group: LogGroup, stream: string): LogEvent | undefined {
  const [last] = logs.before(group, stream, logs.size(group, stream));
  return last;
}

/**
 * Returns one page of a stream. A token is `f/<byte offset>` (forward) or `b/<byte offset>` (backward), so that an answer
 * reads only the lines that it contains. At the end of a stream it returns the
 * request's own token, as CloudWatch does, so that a client can send it again for new lines.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html (at most 1 MB and 10,000 events)
 *
 * @throws AwsError `InvalidParameterException` for an invalid token, `ResourceNotFoundException` for an unknown stream
 */
export function getLogEvents(request: GetLogEventsRequest, group: LogGroup, logs: JobLogStore): GetLogEventsResponse {
  const { logStreamName = "", startTime = 0, endTime = Number.POSITIVE_INFINITY } = request;
  if (!logs.has(group, logStreamName)) {
    throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  }
  const size = logs.size(group, logStreamName);
  const { forward, offset } = beginning(request, size);
  const inTime = ({ timestamp }: LogEvent) => timestamp >= startTime && timestamp < endTime;
  const read = forward ? logs.from(group, logStreamName, offset) : logs.before(group, logStreamName, offset);
  const { events } = atMost(read, Math.min(request.limit ?? 10_000, 10_000), inTime);
  if (!forward) events.reverse();
  const ingestionTime = Date.now();
  return {
    events: events.map(({ timestamp, message }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: `f/${events.at(-1)?.end ?? offset}`,
    nextBackwardToken: `b/${events[0]?.start ?? offset}`,
  };
}

function beginning({ nextToken, startFromHead }: GetLogEventsRequest, size: number) {
  if (nextToken === undefined) return { forward: startFromHead === true, offset: startFromHead === true ? 0 : size };
  const token = /^([fb])\/(\d+)$/.exec(nextToken);
  if (token === null) throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
  return { forward: token[1] === "f", offset: Math.min(Number(token[2]), size) };
}
