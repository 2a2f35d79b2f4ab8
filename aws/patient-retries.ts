import { isThrottlingError, isTransientError } from "@smithy/core/retry";
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";
import type { Clock } from "./clock.ts";

/**
 * Why a call is tried again: AWS answers that it is too busy, nothing (whole) comes back, or SageMaker cannot assume a role
 * yet, as it takes some time until a new one is known everywhere.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export type Trouble = "busy" | "unreachable" | "role";

/** For how long a call that keeps failing is tried again, in milliseconds; one that fails in several ways no longer than `busy`. */
export type Patience = Readonly<Record<Trouble, number>>;

/**
 * On AWS a network or a service may come back. On this machine nobody starts an endpoint while a command waits, but one
 * that is started again is soon there.
 */
export function patience(local: boolean): Patience {
  return { busy: 120_000, unreachable: local ? 3000 : 40_000, role: 100_000 };
}

type SdkError = Parameters<typeof isTransientError>[0];

/** What is wrong with a call that may be tried again; undefined if it may not. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const failure = error as SdkError;
  const { httpStatusCode: status = 0 } = failure.$metadata ?? {};
  if (isThrottlingError(failure) || (isTransientError(failure) && status >= 400)) return "busy";
  if (isTransientError(failure)) return "unreachable";
  return error.name === "ValidationException" && /\bassume (the )?role\b/i.test(error.message) ? "role" : undefined;
}

const unheard = new WeakSet<object>();

/** Whether a call that failed in the end may have been acted on: the answer to one of its tries never came. */
export function wasUnheard(error: unknown): boolean {
  return typeof error === "object" && error !== null && unheard.has(error);
}

/** Time until the next try, in milliseconds, after so many of them: doubled each time, at most 10 s. */
function retryDelay(tries: number): number {
  return Math.min(250 * 2 ** tries, 10_000);
}

/** What the SDK carries from one try of a call to the next. */
class CallToken implements RetryToken {
  readonly tries: number;
  /** When the first try failed. */
  readonly began: number;
  /** When each trouble began. An answer, whatever it says, ends the time in which nothing answers. */
  readonly since: Readonly<Partial<Record<Trouble, number>>>;
  /** Whether a try had no answer. */
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
 * How the SDK's clients try again: the same request, so with the same token, as long as {@link Patience} says, and not only
 * as often as the SDK's own quota does. A call's `abortSignal` ends it at once.
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

  /** @throws the error of the last try when it is not to be tried again */
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
