import type { Expressible } from "../expressions/expressible.ts";
import type { Parameter } from "../expressions/expression.ts";
import type { JobContext } from "./job-context.ts";

/**
 * Instance types with disks of their own, which a hardware module encrypts: SageMaker refuses a key for them.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html (VolumeKmsKeyId)
 */
const localDisks = /^ml\.(?:[a-z]+\d+[a-z]*d[a-z]*|p4de?|p5\w*|p6\w*|g5|g6e?|trn\w+)\./;

/** The type of an instance as far as it is known before the execution: itself, or a parameter's default. */
function knownType(type: Expressible<string>): string {
  if (typeof type === "string") return type;
  const { kind, defaultValue } = type as Partial<Parameter>;
  return kind === "parameter" ? String(defaultValue ?? "") : "";
}

function vpc({ network }: JobContext) {
  if (network === undefined) return undefined;
  return { SecurityGroupIds: [...network.securityGroupIds], Subnets: [...network.subnets] };
}

/** `{ [name]: value }`, or nothing for no value. */
function given<Name extends string, T>(name: Name, value: T | undefined): { readonly [Key in Name]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: T });
}

/** The tags of a job. */
export function jobTags({ tags = {} }: JobContext) {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return list.length === 0 ? {} : { Tags: list };
}

/** The key of a job's volume, for an instance type that takes one. */
export function volumeKey({ kmsKeyArn }: JobContext, type: Expressible<string>): { readonly VolumeKmsKeyId?: string } {
  return given("VolumeKmsKeyId", localDisks.test(knownType(type)) ? undefined : kmsKeyArn);
}

/** The key of what a job writes. */
export function outputKey({ kmsKeyArn }: JobContext): { readonly KmsKeyId?: string } {
  return given("KmsKeyId", kmsKeyArn);
}

/** The network of a processing job; what its containers say to each other is then encrypted, too. */
export function processingNetwork(context: JobContext) {
  const VpcConfig = vpc(context);
  return VpcConfig === undefined ? {} : { NetworkConfig: { EnableInterContainerTrafficEncryption: true, VpcConfig } };
}

/** The network of a training job; what its containers say to each other is then encrypted, too. */
export function trainingNetwork(context: JobContext) {
  const VpcConfig = vpc(context);
  return VpcConfig === undefined ? {} : { EnableInterContainerTrafficEncryption: true, VpcConfig };
}
