import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import type { CallContext } from "./recorded-call.ts";
import type { UsedByJobs } from "./service-calls.ts";

type Members = { readonly [name: string]: Json };

/** Members with the user's own keys. These keys can have the same names as SageMaker's members. */
const data: ReadonlySet<string> = new Set(["ContainerArguments", "Environment", "HyperParameters", "Tags"]);

/** Returns the values of all members with a name, at any depth of a job's arguments. */
function valuesOf(members: Json, name: string): readonly string[] {
  if (typeof members !== "object" || members === null) return [];
  if (Array.isArray(members)) return members.flatMap((item: Json) => valuesOf(item, name));
  return Object.entries(members as Members).flatMap(([key, value]) => {
    if (data.has(key)) return [];
    return key === name ? [value].flat().map(String) : valuesOf(value, name);
  });
}

/** Returns the ARN of a KMS key. Returns undefined for an alias, because IAM decides on the key behind it. */
function keyArn(key: string | undefined, region: string, account: string): string | undefined {
  if (key === undefined || /^arn:/.test(key)) return key?.includes(":alias/") ? undefined : key;
  return /^[0-9a-f-]+$/.test(key) ? `arn:aws:kms:${region}:${account}:key/${key}` : undefined;
}

/** Matches an image in ECR: `<account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>` or `...@sha256:<digest>`. */
const imageUri = /^(\d{12})\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.[a-z.]+\/([a-z0-9][a-z0-9._/-]*)/;

function repositoriesOf(members: Members): readonly string[] {
  const images = ["ImageUri", "TrainingImage", "Image"].flatMap((name) => valuesOf(members, name));
  return images.flatMap((image) => {
    const [, account, repository] = imageUri.exec(image) ?? [];
    return repository === undefined ? [] : [`${account}:repository/${repository}`];
  });
}

/**
 * Returns the resources of a job that SageMaker itself uses with the job's role.
 *
 * @param arn the job's ARN
 * @param members the members of the Create request
 */
export function usedByJob(kind: JobKindName, arn: string, name: string, members: Members): UsedByJobs {
  const { region, account } = arnParts(arn);
  const objects = keyArn(valuesOf(members, "KmsKeyId")[0], region, account);
  const volumes = keyArn(valuesOf(members, "VolumeKmsKeyId")[0], region, account);
  return {
    ...{ account, region, kinds: [kind], name, bucket: "", prefix: "", repositories: repositoriesOf(members) },
    keys: { ...defined({ objects, volumes }) },
    subnets: valuesOf(members, "Subnets"),
    securityGroups: valuesOf(members, "SecurityGroupIds"),
  };
}

/** Returns the S3 URIs of the model data of all containers. */
export function modelDataOf(members: Members): readonly string[] {
  return valuesOf(members, "ModelDataUrl").filter((uri) => /^s3:\/\/[^/]/.test(uri));
}

/**
 * Returns the condition keys and values that SageMaker sets when it creates a job or a model.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 *
 * @param arn the ARN of the job or the model
 */
export function creationContext(arn: string, members: Members): CallContext {
  const { region, account } = arnParts(arn);
  const lists = {
    "sagemaker:InstanceTypes": [...new Set(valuesOf(members, "InstanceType"))],
    "sagemaker:VpcSecurityGroupIds": valuesOf(members, "SecurityGroupIds"),
    "sagemaker:VpcSubnets": valuesOf(members, "Subnets"),
  };
  const single = {
    "sagemaker:InterContainerTrafficEncryption": valuesOf(members, "EnableInterContainerTrafficEncryption")[0],
    "sagemaker:MaxRuntimeInSeconds": valuesOf(members, "MaxRuntimeInSeconds")[0],
    "sagemaker:NetworkIsolation": valuesOf(members, "EnableNetworkIsolation")[0],
    "sagemaker:OutputKmsKeyArn": keyArn(valuesOf(members, "KmsKeyId")[0], region, account),
    "sagemaker:VolumeKmsKeyArn": keyArn(valuesOf(members, "VolumeKmsKeyId")[0], region, account),
  };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...Object.fromEntries(
      Object.entries(single).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    ...tagContext(members["Tags"]),
  };
}

function tagContext(tags: Json | undefined): CallContext {
  const pairs = (Array.isArray(tags) ? tags : []).map((tag: Members) => [String(tag["Key"]), String(tag["Value"])]);
  if (pairs.length === 0) return {};
  const values = Object.fromEntries(pairs.map(([key, value = ""]) => [`aws:RequestTag/${key}`, value]));
  return { "aws:TagKeys": pairs.map(([key = ""]) => key), ...values };
}
