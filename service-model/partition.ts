/** Returns the AWS partition of a region. Source: https://docs.aws.amazon.com/general/latest/gr/arns */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  if (region.startsWith("us-isof-")) return "aws-iso-f";
  if (region.startsWith("us-iso-")) return "aws-iso";
  if (region.startsWith("eu-isoe-")) return "aws-iso-e";
  if (region.startsWith("eusc-")) return "aws-eusc";
  return "aws";
}

/** The DNS suffixes of the partitions other than `aws`. */
const suffixes: Readonly<Record<string, string>> = {
  "aws-cn": "amazonaws.com.cn",
  "aws-iso": "c2s.ic.gov",
  "aws-iso-b": "sc2s.sgov.gov",
  "aws-iso-f": "csp.hci.ic.gov",
};

/** Returns the name of a service in a region, as the condition key `kms:ViaService` expects it. */
export function serviceName(service: string, region: string): string {
  return `${service}.${region}.${suffixes[partitionOf(region)] ?? "amazonaws.com"}`;
}

/** A region of an account, and its partition. */
export interface AccountRegion {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Returns the ARN of a resource in a region of an account. */
export function regionalArn({ partition, region, account }: AccountRegion, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}
