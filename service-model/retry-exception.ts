/**
 * The exceptions of retry policies: errors of SageMaker Pipelines itself, of the creation of a job, and of the job.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export const retryExceptions = [
  "Step.SERVICE_FAULT",
  "Step.THROTTLING",
  "SageMaker.JOB_INTERNAL_ERROR",
  "SageMaker.CAPACITY_ERROR",
  "SageMaker.RESOURCE_LIMIT",
] as const;

/** An exception that a retry policy can name. */
export type RetryException = (typeof retryExceptions)[number];
