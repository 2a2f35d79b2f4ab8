import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import type { CallContext } from "./recorded-call.ts";
import type { UsedByJobs } from "./service-calls.ts";

type Members = { readonly [name: string]: Json };

/** Members whose content is the job's own business, whatever it is called there. */
const data: ReadonlySet<string> = new Set(["ContainerArguments", "Environment", "HyperParameters", "Tags"]);

/** Every text and number below the members of a name, wherever in a job's arguments they are. */
function valuesOf(members: Json, name: string): readonly string[] {
  if (typeof members !== "object" || members === null) return [];
  if (Array.isArray(members)) return members.flatMap((item: Json) => valuesOf(item, name));
  return Object.entries(members as Members).flatMap(([key, value]) => {
    if (data.has(key)) return [];
    return key === name ? [value].flat().map(String) : valuesOf(value, name);
  });
}

/** Keys as IAM knows them: one that is named by an alias is not known by it. */
function keyArn(key: string | undefined, region: string, account: string): string | undefined {
  if (key === undefined || /^arn:/.test(key)) return key?.includes(":alias/") ? undefined : key;
  return /^[0-9a-f-]+$/.test(key) ? `arn:aws:kms:${region}:${account}:key/${key}` : undefined;
}

/** What is called in ECR `<account>.dkr.ecr.<region>.<suffix>/<repository>:<tag>` or `@sha256:<digest>`. */
const imageUri = /^(\d{12})\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.[a-z.]+\/([a-z0-9][a-z0-9._/-]*)/;

function repositoriesOf(members: Members): readonly string[] {
  const images = ["ImageUri", "TrainingImage", "Image"].flatMap((name) => valuesOf(members, name));
  return images.flatMap((image) => {
    const [, account, repository] = imageUri.exec(image) ?? [];
    return repository === undefined ? [] : [`${account}:repository/${repository}`];
  });
}

/**
 * What one job uses, as far as the service itself uses it in the role's name.
 *
 * @param arn the job's
 * @param members of the operation that makes the job
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

/** The S3 URIs of a model's data, of one container or of several. */
export function modelDataOf(members: Members): readonly string[] {
  return valuesOf(members, "ModelDataUrl").filter((uri) => /^s3:\/\/[^/]/.test(uri));
}

/**
 * What SageMaker tells conditions of the creation of a job or a model.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 *
 * @param arn of what is made
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
