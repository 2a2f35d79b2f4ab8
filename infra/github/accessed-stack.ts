import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";

/**
 * A stack's names, as far as they matter to the roles of its workflows. Nothing in it follows from which pipelines there
 * are: a role does not write its own permissions, so a new pipeline folder must not change them.
 */
export interface AccessedStack extends AccountRegion {
  /** Pulumi's names of the project and of the stack: where the stack's state is. */
  readonly project: string;
  readonly stack: string;
  readonly bucketName: string;
  /** Where its pipelines keep what is theirs, below the bucket: `*` is any folder's. */
  readonly prefixes: readonly string[];
  /** Whether the stack made the bucket. The settings of an adopted one are not its to change. */
  readonly ownsBucket: boolean;
  /** The KMS key of the bucket, if it has one of its own. */
  readonly kmsKeyArn?: string | undefined;
  readonly executionRoleArn: string;
  /** Whether the stack made the execution role. An adopted one can be passed on, not written. */
  readonly ownsExecutionRole: boolean;
  /** The role that EventBridge Scheduler starts pipelines with, if any is started by a schedule. */
  readonly scheduleRoleArn?: string | undefined;
  /** The policy that the roles which the stack makes have as their permissions boundary, if it is configured. */
  readonly permissionsBoundaryArn?: string | undefined;
  /** `*` stands for the folder of a pipeline, as in `*-training-dev`, so that a new folder needs no administrator. */
  readonly pipelineNames: readonly string[];
  readonly modelPackageGroupNames: readonly string[];
  /** Each with its group: `default/*-training-dev`. */
  readonly scheduleNames: readonly string[];
  /** The topic of failure notifications, if there is one. */
  readonly topicName?: string | undefined;
  readonly ruleNames: readonly string[];
  readonly logGroupNames: readonly string[];
  /** Whether the stack's check approves models that pass, and rejects others. */
  readonly approvesModels: boolean;
  /** Whether the program reads the tags of a SageMaker project, to give them to what it makes. */
  readonly readsProjectTags: boolean;
}

/** The ARN of a bucket, or of objects: `BUCKET/KEY`. */
export function s3Arn({ partition }: AccessedStack, place: string): string {
  return `arn:${partition}:s3:::${place}`;
}

/** The ARN of a role, which belongs to no region. */
export function roleArn({ partition, account }: AccessedStack, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** The ARNs of the stack's pipelines: SageMaker spells their names in lower case there. */
export function pipelineArns(stack: AccessedStack): readonly string[] {
  return stack.pipelineNames.map((name) => regionalArn(stack, "sagemaker", `pipeline/${name.toLowerCase()}`));
}

/** The ARNs of the stack's model package groups. */
export function modelPackageGroupArns(stack: AccessedStack): readonly string[] {
  return stack.modelPackageGroupNames.map((name) =>
    regionalArn(stack, "sagemaker", `model-package-group/${name.toLowerCase()}`),
  );
}
