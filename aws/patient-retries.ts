import { isThrottlingError, isTransientError } from "@smithy/core/retry";
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";
import type { Clock } from "./clock.ts";

/**
 * The reason for which a call is retried: AWS is too busy, no complete answer arrives, or SageMaker cannot assume a role
 * yet, because a new role takes some time to reach all of AWS.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export type Trouble = "busy" | "unreachable" | "role";

/** How long a failing call is retried for each reason, in milliseconds. Retries for several reasons together end after `busy`. */
export type Patience = Readonly<Record<Trouble, number>>;

/**
 * Returns how long to retry. A local endpoint that does not answer is retried for 3 s only: a restart takes about that long,
 * and an endpoint that is not running will not start by itself.
 */
export function patience(local: boolean): Patience {
  return { busy: 120_000, unreachable: local ? 3000 : 40_000, role: 100_000 };
}

type SdkError = Parameters<typeof isTransientError>[0];

/** Returns the reason to retry a call after an error; undefined if a retry cannot help. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const failure = error as SdkError;
  const { httpStatusCode: status = 0 } = failure.$metadata ?? {};
  if (isThrottlingError(failure) || (isTransientError(failure) && status >= 400)) return "busy";
  if (isTransientError(failure)) return "unreachable";
  return error.name === "ValidationException" && /\bassume (the )?role\b/i.test(error.message) ? "role" : undefined;
}

const unheard = new WeakSet<object>();

/** Tells whether AWS may have carried out a call that failed, because one of its attempts got no answer. */
export function wasUnheard(error: unknown): boolean {
  return typeof error === "object" && error !== null && unheard.has(error);
}

/** Returns the milliseconds until the next attempt: twice as long after each attempt, at most 10 s. */
function retryDelay(tries: number): number {
  return Math.min(250 * 2 ** tries, 10_000);
}

/** The state that the SDK passes from one attempt of a call to the next. */
class CallToken implements RetryToken {
  readonly tries: number;
  /** The time at which the first attempt failed. */
  readonly began: number;
  /** The time at which each trouble began. Any answer, even an error, ends `unreachable`. */
  readonly since: Readonly<Partial<Record<Trouble, number>>>;
  /** Whether an attempt got no answer. */
  readonly isUnheard: boolean;

  constructor(tries: number, began: number, since: CallToken["since"], isUnheard: boolean) {
    this.tries = tries;
    this.began = began;
    this.since = since;
    this.isUnheard = isUnheard;
  }

  getRetryCount(): number {
    return this.tries;
  }

  getRetryDelay(): number {
    return 0;
  }

  after(trouble: Trouble, now: number): CallToken {
    const { unreachable: _, ...answered } = this.since;
    const since = trouble === "unreachable" ? this.since : answered;
    const isUnheard = this.isUnheard || trouble === "unreachable";
    return new CallToken(this.tries + 1, Math.min(this.began, now), { [trouble]: now, ...since }, isUnheard);
  }
}

/**
 * Retries calls for a certain time ({@link Patience}) instead of a certain number of attempts. Each attempt sends the same
 * request with the same idempotency token. A call's `abortSignal` ends the retries at once.
 */
export class PatientRetries implements RetryStrategyV2 {
  readonly mode = "standard";
  readonly #clock: Clock;
  readonly #patience: Patience;

  constructor(clock: Clock, limits: Patience) {
    this.#clock = clock;
    this.#patience = limits;
  }

  async acquireInitialRetryToken(): Promise<CallToken> {
    return new CallToken(0, Number.POSITIVE_INFINITY, {}, false);
  }

  /** @throws the error of the last attempt when the call must not be retried */
  async refreshRetryTokenForRetry(token: RetryToken, { error }: RetryErrorInfo): Promise<CallToken> {
    const trouble = troubleOf(error);
    if (!(token instanceof CallToken)) throw error;
    if (token.isUnheard || trouble === "unreachable") unheard.add(error as object);
    if (trouble === undefined) throw error;
    const now = this.#clock.now();
    const next = token.after(trouble, now);
    const { busy, [trouble]: longest } = this.#patience;
    const left = Math.min((next.since[trouble] ?? now) + longest, next.began + busy) - now;
    if (left <= 0) throw error;
    await this.#clock.sleep(Math.min(retryDelay(token.tries), left));
    return next;
  }

  recordSuccess(): void {}
}
