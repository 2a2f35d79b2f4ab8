/** The errors of S3; `NotFound` is the answer to a HEAD request. */
const s3Names = /^(NoSuchKey|NoSuchBucket|NotFound)$/;

/** Tells whether an error is SageMaker's `ResourceNotFound`, which some services call `ResourceNotFoundException`. */
export function isResourceNotFound(error: unknown): boolean {
  return /^ResourceNotFound(Exception)?$/.test((error as Partial<Error>).name ?? "");
}

/**
 * Tells whether an error of S3 or SageMaker means that a resource does not exist. For models, model packages and model
 * package groups SageMaker answers a ValidationException.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html,
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribePipeline.html
 */
export function isNotFound(error: unknown): boolean {
  const { name = "", message = "" } = error as Partial<Error>;
  return (
    isResourceNotFound(error) ||
    s3Names.test(name) ||
    (name === "ValidationException" && /does not exist/.test(message))
  );
}
