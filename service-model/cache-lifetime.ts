import { durationSeconds } from "./duration.ts";

/**
 * Tells whether a cached step has not expired yet. Without `ExpireAfter` it never expires.
 *
 * @param endTime epoch seconds of the cached step's end
 * @param now epoch seconds
 */
export function isFresh(endTime: number, expireAfter: string | undefined, now: number): boolean {
  const lifetime = expireAfter === undefined ? undefined : durationSeconds(expireAfter);
  return lifetime === undefined || endTime >= now - lifetime;
}
