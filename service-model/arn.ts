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
