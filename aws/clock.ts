import { setTimeout as timer } from "node:timers/promises";

/** The clock for all waits for AWS: the system's, or a test's. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects when `signal` is aborted, as Node's own timer does. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The longest delay of Node's timers, 24.8 days. A timer with a longer delay fires at once. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left >= 0; left -= longestTimer)
      await timer(Math.min(left, longestTimer), undefined, { signal });
  },
};

/**
 * Runs `work` with a signal that is aborted after `milliseconds`, or earlier when `outer` is aborted, with the reason of
 * `outer`.
 */
export async function within<Result>(
  clock: Clock,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): Promise<Result> {
  outer?.throwIfAborted();
  const [stop, done] = [new AbortController(), new AbortController()];
  outer?.addEventListener("abort", () => stop.abort(outer.reason), { signal: done.signal });
  clock.sleep(milliseconds, done.signal).then(
    () => stop.abort(),
    () => {},
  );
  try {
    return await work(stop.signal);
  } finally {
    done.abort();
  }
}

/**
 * Waits for `work` without a time limit, but at most `milliseconds` longer once the signal is aborted.
 *
 * @throws the reason of the signal when that time is over
 */
export async function notLongAfterAbort<Result>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  milliseconds: number,
  work: Promise<Result>,
): Promise<Result> {
  const done = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const wait = () =>
      clock.sleep(milliseconds, done.signal).then(
        () => reject(signal.reason),
        () => {},
      );
    if (signal.aborted) void wait();
    else signal.addEventListener("abort", wait, { once: true, signal: done.signal });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}
