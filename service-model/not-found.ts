/** S3's names (of a HEAD, whose answer has no body, `NotFound`), and SageMaker's with and without `Exception` at the end. */
const names = /^(NoSuchKey|NoSuchBucket|NotFound|ResourceNotFound|ResourceNotFoundException)$/;

/**
 * Whether an error of S3 or SageMaker means that something is not there. SageMaker says it of models, packages and their groups
 * as a ValidationException.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipeline.html
 */
export function isNotFound(error: unknown): boolean {
  const { name = "", message = "" } = error as Partial<Error>;
  return names.test(name) || (name === "ValidationException" && /does not exist/.test(message));
}
