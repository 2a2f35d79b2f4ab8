import { bothSpellings } from "../../service-model/arn.ts";
import { type AccountRegion, regionalArn } from "../../service-model/partition.ts";

/**
 * The names of a stack's resources in the policies of its workflows' roles. They do not depend on the list of pipeline folders,
 * because the deploy role cannot change its own permissions, and a new folder must not require that.
 */
export interface AccessedStack extends AccountRegion {
  /** Pulumi's names of the project and the stack, which the paths of the state contain. */
  readonly project: string;
  readonly stack: string;
  readonly bucketName: string;
  /** The S3 prefixes of the pipelines; `*` covers any folder. */
  readonly prefixes: readonly string[];
  /** Whether the stack created the bucket. It does not change the settings of an existing one. */
  readonly ownsBucket: boolean;
  /** The bucket's KMS key, if one is configured. */
  readonly kmsKeyArn?: string | undefined;
  readonly executionRoleArn: string;
  /** Whether the stack created the execution role. It may pass an existing role to SageMaker, but not change it. */
  readonly ownsExecutionRole: boolean;
  /** The role with which EventBridge Scheduler starts pipelines. */
  readonly scheduleRoleArn?: string | undefined;
  /** The permissions boundary of the roles that the stack creates, if one is configured. */
  readonly permissionsBoundaryArn?: string | undefined;
  /** `*` stands for a pipeline folder, as in `*-training-dev`, so that a new folder does not change the policies. */
  readonly pipelineNames: readonly string[];
  readonly modelPackageGroupNames: readonly string[];
  /** Each with its group: `default/*-training-dev`. */
  readonly scheduleNames: readonly string[];
  /** The topic of failure notifications, if the stack has one. */
  readonly topicName?: string | undefined;
  readonly ruleNames: readonly string[];
  readonly logGroupNames: readonly string[];
  /** Whether the stack check approves and rejects models. */
  readonly approvesModels: boolean;
  /** Whether the program reads the tags of a SageMaker project. */
  readonly readsProjectTags: boolean;
}

/** The beginning of the names of all dev stacks. `scripts/stack/dev-stack-name.ts` makes the names. */
export const devStackPrefix = "devstack-";

/** Returns the ARN of a role, which has no region. */
export function iamRoleArn({ partition, account }: AccessedStack, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

/** Returns the ARNs of the stack's pipelines, in both spellings. */
export function pipelineArns(stack: AccessedStack): readonly string[] {
  return bothSpellings(stack.pipelineNames).map((name) => regionalArn(stack, "sagemaker", `pipeline/${name}`));
}

/** Returns the ARNs of the stack's model package groups, in both spellings. */
export function modelPackageGroupArns(stack: AccessedStack): readonly string[] {
  return bothSpellings(stack.modelPackageGroupNames).map((name) =>
    regionalArn(stack, "sagemaker", `model-package-group/${name}`),
  );
}
