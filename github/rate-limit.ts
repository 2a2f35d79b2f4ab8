/**
 * Returns the seconds after which GitHub takes the request again; undefined if its refusal is no rate limit. A limit without
 * a time is a secondary one: at least a minute, and longer after each attempt.
 * Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function rateLimitSeconds(
  { status, headers }: Pick<Response, "status" | "headers">,
  message: string,
  attempt: number,
  now = Date.now(),
): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get("retry-after");
  if (after !== null && /^\d+$/.test(after)) return Number(after);
  const reset = headers.get("x-ratelimit-reset");
  if (headers.get("x-ratelimit-remaining") === "0" && reset !== null)
    return Math.max(1, Math.ceil(Number(reset) - now / 1000));
  return status === 429 || /rate limit/i.test(message) ? 60 * 2 ** attempt : undefined;
}
