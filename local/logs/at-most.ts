import type { LogEvent } from "./job-log-store.ts";

/**
 * The most bytes of messages in one answer.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
 */
const answerBytes = 1_048_576;

/**
 * Takes the first wanted events that fit in one answer, and at least one.
 *
 * @returns the events, and whether more wanted events follow
 */
export function atMost<Event extends LogEvent>(
  all: Iterable<Event>,
  limit: number,
  wanted: (event: Event) => boolean,
): { readonly events: Event[]; readonly more: boolean } {
  const events: Event[] = [];
  let bytes = 0;
  for (const event of all) {
    if (!wanted(event)) continue;
    bytes += Buffer.byteLength(event.message);
    if (events.length === limit || (events.length > 0 && bytes > answerBytes)) return { events, more: true };
    events.push(event);
  }
  return { events, more: false };
}
