import type { S3Location } from "../code/code-asset.ts";
import { execution } from "../expressions/execution-variable.ts";
import type { Expressible } from "../expressions/expressible.ts";
import type { Join, Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";

/** The role of the jobs, where code goes to and outputs come from, and what else a stack gives to every job. */
export interface JobContext extends S3Location {
  readonly roleArn: string;
  /** The subnets and security groups of the jobs; without them they run in SageMaker's own network. */
  readonly network?: { readonly subnets: readonly string[]; readonly securityGroupIds: readonly string[] };
  /** The KMS key of what jobs write, and of their volumes where the instance takes one. */
  readonly kmsKeyArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The machines of a job: one, with a volume of 30 GB, unless said otherwise. */
export interface Instances<Type extends string> {
  readonly type: Expressible<Type>;
  readonly count?: Value<number>;
  readonly volumeSizeInGB?: Value<number>;
}

/**
 * Where a step of the running execution writes to. Output destinations carry the execution's id: the service's cache
 * does not look at them, so a fixed one would leave the following steps cached although this one wrote something new.
 */
export function executionOutput({ bucket, prefix }: S3Location, ...path: readonly string[]): Join {
  return join("/", [`s3://${bucket}/${prefix}/executions`, execution.id, ...path]);
}

/** An input of a processing job: all that is at or below `uri`, in the folder `localPath` of the container. */
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
