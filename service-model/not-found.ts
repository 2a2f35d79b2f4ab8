/** The error names of S3 (`NotFound` for a HEAD request) and SageMaker, with and without `Exception` at the end. */
const names = /^(NoSuchKey|NoSuchBucket|NotFound|ResourceNotFound|ResourceNotFoundException)$/;

/**
 * Whether an error of S3 or SageMaker means that a resource does not exist. For models, model packages and model
 * package groups SageMaker answers a ValidationException.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipeline.html
 */
export function isNotFound(error: unknown): boolean {
  const { name = "", message = "" } = error as Partial<Error>;
  return names.test(name) || (name === "ValidationException" && /does not exist/.test(message));
}
