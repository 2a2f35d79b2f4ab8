/** The parts of an ARN. A part that the ARN does not have is empty, for example the region of a role. */
export interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Returns the parts of an ARN. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function arnParts(arn: string): ArnParts {
  const [, partition = "", , region = "", account = ""] = arn.split(":");
  return { partition, region, account };
}

/** Returns the ARN of a bucket or of objects. @param place `BUCKET` or `BUCKET/KEY` */
export function s3Arn(place: string, partition = "aws"): string {
  return `arn:${partition}:s3:::${place}`;
}

/**
 * Returns the names, or ARNs, as they are and in lower case. SageMaker writes the names of older resources in lower case in
 * ARNs, and those of newer ones as they were given, so policies name both.
 * Source: https://github.com/aws-samples/ml-edge-getting-started/issues/18
 */
export function bothSpellings(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => [name, name.toLowerCase()]))];
}
