import { setTimeout as timer } from "node:timers/promises";

/** Time, as far as waiting for AWS goes: the system's, or a test's. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds; rejects when `signal` is aborted, as Node's own timer does. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Node's timers go no further than 24.8 days and fire at once beyond. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    for (let left = milliseconds; left >= 0; left -= longestTimer)
      await timer(Math.min(left, longestTimer), undefined, { signal });
  },
};

/**
 * Does work that has to be done in some time, or when another signal is aborted: then its own signal is aborted, with the
 * reason of the other one.
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
