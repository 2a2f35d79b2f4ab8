import type { RetryPolicyDefinition } from "../../service-model/definition.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";

/** How failure reasons begin, or what is in them, by the exception that they are to a retry policy. */
const signs: readonly (readonly [RegExp, RetryException])[] = [
  [/^CapacityError|InsufficientCapacity/, "SageMaker.CAPACITY_ERROR"],
  [/ResourceLimitExceeded|account-level service limit/, "SageMaker.RESOURCE_LIMIT"],
  [/Throttl|Rate exceeded/i, "Step.THROTTLING"],
  [/^InternalServerError/, "SageMaker.JOB_INTERNAL_ERROR"],
  [/ServiceUnavailable|InternalFailure|InternalError|unknown error|temporary failure/, "Step.SERVICE_FAULT"],
];

/** Which exception a failure is to a retry policy; undefined for one that no policy can name, such as a script's own. */
export function retryException(failureReason: string): RetryException | undefined {
  if (failureReason.startsWith("AlgorithmError")) return undefined;
  return signs.find(([sign]) => sign.test(failureReason))?.[1];
}

/** What SageMaker does by itself for a service that does not answer, unless a policy says otherwise. */
const own: readonly RetryPolicyDefinition[] = [
  { ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 },
];

/** Whether a policy, or SageMaker itself, tries again what failed with an exception. */
export function isRetried(policies: readonly RetryPolicyDefinition[] | undefined, exception: RetryException): boolean {
  return [...(policies ?? []), ...own].some(({ ExceptionType }) => ExceptionType.includes(exception));
}

export interface Attempts {
  /** How often it failed with each exception so far, this time included. */
  readonly failures: Readonly<Partial<Record<RetryException, number>>>;
  /** Seconds since the first attempt began. */
  readonly elapsed: number;
}

/**
 * Seconds until a step is tried again after it failed; undefined where it is not. The first policy that names the
 * exception counts; its interval grows by its rate with every failure of the kind.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export function retryDelay(
  policies: readonly RetryPolicyDefinition[] | undefined,
  exception: RetryException,
  { failures, elapsed }: Attempts,
): number | undefined {
  const policy = [...(policies ?? []), ...own].find(({ ExceptionType }) => ExceptionType.includes(exception));
  if (policy === undefined) return undefined;
  const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts, ExpireAfterMin } = policy;
  const retries = (failures[exception] ?? 1) - 1;
  // The guide's default where a policy says neither.
  const most = MaxAttempts ?? (ExpireAfterMin === undefined ? 5 : Number.POSITIVE_INFINITY);
  const delay = IntervalSeconds * BackoffRate ** retries;
  if (retries >= most) return undefined;
  return ExpireAfterMin !== undefined && elapsed + delay > ExpireAfterMin * 60 ? undefined : delay;
}

/**
 * What a step's failure reason ends with where no policy names its exception, as it does in accounts:
 * `... No retry policy configured for the exception type SAGEMAKER_RESOURCE_LIMIT.`
 */
export function noRetryPolicy(execution: string, step: string, exception: RetryException): string {
  const type = exception.replace(".", "_").toUpperCase();
  return `Retry not appropriate on execution of step with PipelineExecutionArn ${execution} and StepId ${step}. No retry policy configured for the exception type ${type}.`;
}
