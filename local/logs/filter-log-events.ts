import type { FilterLogEventsRequest, FilterLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../wire/aws-error.ts";
import { atMost } from "./at-most.ts";
import { filterPattern } from "./filter-pattern.ts";
import type { JobLogStore, LogGroup, PlacedEvent } from "./job-log-store.ts";

/** The most events in one answer. */
const most = 10_000;

/**
 * Returns one page of a log group's lines that match a pattern, from all its streams, oldest first.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
 *
 * @throws AwsError `InvalidParameterException` for an invalid pattern or token, and for a request with both stream names and
 *   a stream prefix
 */
export function filterLogEvents(
  request: FilterLogEventsRequest,
  group: LogGroup,
  logs: JobLogStore,
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
  let passed = 0;
  const { events, more } = atMost(
    merged(
      streams.filter((name) => logs.has(group, name)).map((name) => ({ name, events: logs.from(group, name, 0) })),
    ),
    Math.min(limit, most),
    ({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message) && passed++ >= start,
  );
  return {
    events: events.map(({ logStreamName, timestamp, message, start: place }) => ({
      logStreamName,
      timestamp,
      message,
      ingestionTime: timestamp,
      eventId: `${logStreamName}/${place}`,
    })),
    searchedLogStreams: [],
    ...(more ? { nextToken: `f/${start + events.length}` } : {}),
  };
}

interface Stream {
  readonly name: string;
  readonly events: Iterator<PlacedEvent>;
}

/** Merges the events of all streams, oldest first. It holds only one event of each stream in memory. */
function* merged(streams: readonly Stream[]): Generator<PlacedEvent & { readonly logStreamName: string }> {
  const heads = streams.flatMap(({ name, events }) => {
    const first = events.next();
    return first.done === true ? [] : [{ name, events, event: first.value }];
  });
  while (heads[0] !== undefined) {
    let oldest = heads[0];
    for (const head of heads) if (head.event.timestamp < oldest.event.timestamp) oldest = head;
    yield { logStreamName: oldest.name, ...oldest.event };
    const next = oldest.events.next();
    if (next.done === true) heads.splice(heads.indexOf(oldest), 1);
    else oldest.event = next.value;
  }
}
