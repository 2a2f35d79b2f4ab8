import type { RetryPolicyDefinition } from "../../service-model/definition.ts";
import type { RetryException } from "../../service-model/retry-exception.ts";

/** Patterns of failure reasons, and the exception type of retry policies for each. */
const signs: readonly (readonly [RegExp, RetryException])[] = [
  [/^CapacityError|InsufficientCapacity/, "SageMaker.CAPACITY_ERROR"],
  [/ResourceLimitExceeded|account-level service limit/, "SageMaker.RESOURCE_LIMIT"],
  [/Throttl|Rate exceeded/i, "Step.THROTTLING"],
  [/^InternalServerError/, "SageMaker.JOB_INTERNAL_ERROR"],
  [/ServiceUnavailable|InternalFailure|InternalError|unknown error|temporary failure/, "Step.SERVICE_FAULT"],
];

/**
 * Returns the exception type of a failure reason in retry policies, or undefined if there is none, as for an error in
 * the user's script.
 */
export function retryException(failureReason: string): RetryException | undefined {
  if (failureReason.startsWith("AlgorithmError")) return undefined;
  return signs.find(([sign]) => sign.test(failureReason))?.[1];
}

/** SageMaker's own retries of service faults and throttling. A step's policy for the same exception replaces them. */
const defaultPolicies: readonly RetryPolicyDefinition[] = [
  { ExceptionType: ["Step.SERVICE_FAULT", "Step.THROTTLING"], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 3 },
];

/** Tells whether a step's policies or SageMaker's own retries name an exception. */
export function isRetried(policies: readonly RetryPolicyDefinition[] | undefined, exception: RetryException): boolean {
  return [...(policies ?? []), ...defaultPolicies].some(({ ExceptionType }) => ExceptionType.includes(exception));
}

/** The attempts of a step so far. */
export interface Attempts {
  /** The number of failures with each exception, including the last one. */
  readonly failures: Readonly<Partial<Record<RetryException, number>>>;
  /** Seconds since the start of the first attempt. */
  readonly elapsed: number;
}

/**
 * Returns the seconds until a failed step is retried, or undefined if it is not. The first policy that names the
 * exception applies. Its interval is multiplied by `BackoffRate` after every failure with this exception.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export function retryDelay(
  policies: readonly RetryPolicyDefinition[] | undefined,
  exception: RetryException,
  { failures, elapsed }: Attempts,
): number | undefined {
  const policy = [...(policies ?? []), ...defaultPolicies].find(({ ExceptionType }) =>
    ExceptionType.includes(exception),
  );
  if (policy === undefined) return undefined;
  const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts, ExpireAfterMin } = policy;
  const retries = (failures[exception] ?? 1) - 1;
  // The developer guide's default for a policy without MaxAttempts and ExpireAfterMin.
  const most = MaxAttempts ?? (ExpireAfterMin === undefined ? 5 : Number.POSITIVE_INFINITY);
  const delay = IntervalSeconds * BackoffRate ** retries;
  if (retries >= most) return undefined;
  return ExpireAfterMin !== undefined && elapsed + delay > ExpireAfterMin * 60 ? undefined : delay;
}

/**
 * Returns the end of a step's failure reason if no policy names its exception. It has AWS's own wording:
 * `... No retry policy configured for the exception type SAGEMAKER_RESOURCE_LIMIT.`
 */
export function noRetryPolicy(execution: string, step: string, exception: RetryException): string {
  const type = exception.replace(".", "_").toUpperCase();
  return `Retry not appropriate on execution of step with PipelineExecutionArn ${execution} and StepId ${step}. No retry policy configured for the exception type ${type}.`;
}
