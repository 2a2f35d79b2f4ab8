/**
 * What a retry policy can name: errors of the pipeline service itself, of creating a SageMaker job, and of the job (its failure reason).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-retry-policy.html
 */
export const retryExceptions = [
  "Step.SERVICE_FAULT",
  "Step.THROTTLING",
  "SageMaker.JOB_INTERNAL_ERROR",
  "SageMaker.CAPACITY_ERROR",
  "SageMaker.RESOURCE_LIMIT",
] as const;

export type RetryException = (typeof retryExceptions)[number];
