import type { FilterLogEventsRequest, FilterLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../aws-error.ts";
import { filterPattern } from "./filter-pattern.ts";
import type { JobLogs, LogGroup } from "./job-log.ts";

const most = 10_000;

/**
 * The lines of all streams of a group that a pattern matches, oldest first, with pages.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 *
 * @throws AwsError `InvalidParameterException` for a pattern or a token that is none, and for streams named in two ways
 */
export function filterLogEvents(
  request: FilterLogEventsRequest,
  group: LogGroup,
  logs: JobLogs,
): FilterLogEventsResponse {
  const { logStreamNames, logStreamNamePrefix, startTime = 0, endTime = Number.POSITIVE_INFINITY } = request;
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw new AwsError("InvalidParameterException", "Specify either logStreamNames or logStreamNamePrefix, not both.");
  }
  const limit = request.limit ?? most;
  const start = request.nextToken === undefined ? 0 : Number(/^f\/(\d+)$/.exec(request.nextToken)?.[1]);
  if (Number.isNaN(start)) throw new AwsError("InvalidParameterException", "The specified nextToken is invalid.");
  const matches = filterPattern(request.filterPattern);
  const streams = logStreamNames ?? logs.streams(group, logStreamNamePrefix ?? "");
  const events = streams
    .flatMap((logStreamName) =>
      (logs.read(group, logStreamName) ?? []).map((event, index) => ({
        logStreamName,
        ...event,
        ingestionTime: event.timestamp,
        eventId: `${logStreamName}/${index}`,
      })),
    )
    .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
    .sort((a, b) => a.timestamp - b.timestamp);
  const end = start + limit;
  return {
    events: events.slice(start, end),
    searchedLogStreams: [],
    ...(end < events.length ? { nextToken: `f/${end}` } : {}),
  };
}
