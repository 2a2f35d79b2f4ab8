import type { FilterLogEventsRequest, FilterLogEventsResponse } from "@aws-sdk/client-cloudwatch-logs";
import { AwsError } from "../wire/aws-error.ts";
import { atMost } from "./at-most.ts";
import { filterPattern } from "./filter-pattern.ts";
import type { JobLogs, LogGroup, PlacedEvent } from "./job-log.ts";

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

/** The events of all streams, oldest first, without holding more than one of each. */
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
