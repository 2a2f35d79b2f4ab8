import type { S3Location } from "../code/code-asset.ts";
import { execution } from "../expressions/execution-variable.ts";
import type { Expressible } from "../expressions/expressible.ts";
import type { Join, Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";

/** The settings that a stack gives to every job: execution role, S3 location, network, KMS key and tags. */
export interface JobContext extends S3Location {
  readonly roleArn: string;
  /** The subnets and security groups of the jobs. Default: SageMaker's own network. */
  readonly network?: { readonly subnets: readonly string[]; readonly securityGroupIds: readonly string[] };
  /** The KMS key for the jobs' outputs, and for their volumes if the instance type supports one. */
  readonly kmsKeyArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The instances of a job. Default: one instance with a volume of 30 GB. */
export interface Instances<Type extends string> {
  readonly type: Expressible<Type>;
  readonly count?: Value<number>;
  readonly volumeSizeInGB?: Value<number>;
}

/**
 * Returns the S3 URI that a step writes to, which contains the id of the execution. SageMaker's step cache ignores
 * output destinations. With a fixed one, the cache would answer for later steps although this step wrote new data.
 */
export function executionOutput({ bucket, prefix }: S3Location, ...path: readonly string[]): Join {
  return join("/", [`s3://${bucket}/${prefix}/executions`, execution.id, ...path]);
}

/** Returns a processing input that copies every object at or below `uri` to the container's folder `localPath`. */
export function s3Input(name: string, uri: Value<string>, localPath: string) {
  return {
    InputName: name,
    AppManaged: false,
    S3Input: {
      S3Uri: uri,
      LocalPath: localPath,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  } as const;
}
