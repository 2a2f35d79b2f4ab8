import * as pulumi from "@pulumi/pulumi";

/** The name of the AWS partition that a region belongs to. Source: https://docs.aws.amazon.com/general/latest/gr/arns */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  if (region.startsWith("us-isof-")) return "aws-iso-f";
  if (region.startsWith("us-iso-")) return "aws-iso";
  return "aws";
}

export interface StackNames {
  readonly partition: string;
  readonly bucket: string;
  readonly bucketArn: string;
  readonly role: string;
  readonly roleArn: string;
  pipeline(name: string): string;
  pipelineArn(name: string): string;
  modelPackageGroup(name: string): string;
}

/**
 * The names of everything in a stack, chosen here and never by Pulumi or AWS, so that the first preview knows the
 * whole definition. A bucket's name is unique in all of AWS and has at most 63 characters.
 *
 * @throws RunError if a name gets too long for AWS
 */
export function stackNames(stack: string, account: string, region: string): StackNames {
  const own = `training-${stack}`.toLowerCase().replace(/[^a-z0-9-]/g, "-");
  const partition = partitionOf(region);
  const bucket = `${own}-${account}-${region}`;
  if (bucket.length > 63)
    throw new pulumi.RunError(
      `the bucket name ${bucket} has ${bucket.length} characters, AWS allows 63; use a shorter stack name`,
    );
  const role = `${own}-execution-${region}`;
  const pipeline = (name: string) => `${name}-${own}`;
  return {
    partition,
    bucket,
    bucketArn: `arn:${partition}:s3:::${bucket}`,
    role,
    roleArn: `arn:${partition}:iam::${account}:role/${role}`,
    pipeline,
    pipelineArn: (name) => `arn:${partition}:sagemaker:${region}:${account}:pipeline/${pipeline(name).toLowerCase()}`,
    modelPackageGroup: pipeline,
  };
}
