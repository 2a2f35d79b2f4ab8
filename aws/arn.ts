/** Returns the name at the end of an ARN, such as a job's. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** Tells whether a text is the ARN of a model package. */
export function isModelPackageArn(text: string): text is `arn:${string}` {
  return /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:\d{12}:model-package\/\S+$/.test(text);
}

/**
 * Tells whether a text is the ARN of a pipeline execution.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipelineExecution.html (the pattern)
 */
export function isExecutionArn(text: string): text is `arn:${string}` {
  return /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]*:\d{12}:pipeline\/[^/]+\/execution\/[^/]+$/.test(text);
}

/**
 * Tells whether two ARNs are equal except for case. SageMaker writes the names of older resources in lower case, and people
 * copy either spelling.
 * Source: https://github.com/aws-samples/ml-edge-getting-started/issues/18
 */
export function isSameArn(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}
