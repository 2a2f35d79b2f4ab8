import type { Expressible } from "../expressions/expressible.ts";
import type { Parameter } from "../expressions/expression.ts";
import type { JobContext } from "./job-context.ts";

/**
 * Matches instance types with local NVMe disks. SageMaker rejects a volume key for them, because their hardware
 * encrypts the disks.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html (VolumeKmsKeyId)
 */
const localDisks = /^ml\.(?:[a-z]+\d+[a-z]*d[a-z]*|p4de?|p5\w*|p6\w*|g5|g6e?|trn\w+)\./;

/** Returns the instance type as far as it is known before the execution: a constant or a parameter's default. */
function knownType(type: Expressible<string>): string {
  if (typeof type === "string") return type;
  const { kind, defaultValue } = type as Partial<Parameter>;
  return kind === "parameter" ? String(defaultValue ?? "") : "";
}

/** Returns the VPC of a job or a model, or undefined for SageMaker's own network. */
export function vpc({ network }: Pick<JobContext, "network">) {
  if (network === undefined) return undefined;
  return { SecurityGroupIds: [...network.securityGroupIds], Subnets: [...network.subnets] };
}

/** Returns `{ [name]: value }`, or an empty object if the value is undefined. */
function given<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: T });
}

/** Returns the `Tags` member of a request. */
export function jobTags({ tags = {} }: Pick<JobContext, "tags">) {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? {} : { Tags: list };
}

/** Returns the KMS key of a job's volume, or nothing if the instance type does not support one. */
export function volumeKey(
  { kmsKeyArn }: Pick<JobContext, "kmsKeyArn">,
  type: Expressible<string>,
): { readonly VolumeKmsKeyId?: string } {
  return given("VolumeKmsKeyId", localDisks.test(knownType(type)) ? undefined : kmsKeyArn);
}

/** Returns the KMS key of a job's output. */
export function outputKey({ kmsKeyArn }: Pick<JobContext, "kmsKeyArn">): { readonly KmsKeyId?: string } {
  return given("KmsKeyId", kmsKeyArn);
}

/** Returns the VPC of a processing job. In a VPC the traffic between its containers is encrypted, too. */
export function processingNetwork(context: JobContext) {
  const VpcConfig = vpc(context);
  return VpcConfig === undefined ? {} : { NetworkConfig: { EnableInterContainerTrafficEncryption: true, VpcConfig } };
}

/** Returns the VPC of a training job. In a VPC the traffic between its containers is encrypted, too. */
export function trainingNetwork(context: JobContext) {
  const VpcConfig = vpc(context);
  return VpcConfig === undefined ? {} : { EnableInterContainerTrafficEncryption: true, VpcConfig };
}
