import type { Resource } from "./rule.ts";

/** The kind of a policy: who may assume a role, what an identity may do, or who may use a resource. */
export type PolicyKind = "trust" | "permissions" | "resource";

/** The property that holds a policy, by resource type. */
const holders: Readonly<Record<string, readonly [property: string, kind: PolicyKind]>> = {
  "aws:iam/role:Role": ["assumeRolePolicy", "trust"],
  "aws:iam/rolePolicy:RolePolicy": ["policy", "permissions"],
  "aws:iam/policy:Policy": ["policy", "permissions"],
  "aws:iam/groupPolicy:GroupPolicy": ["policy", "permissions"],
  "aws:iam/userPolicy:UserPolicy": ["policy", "permissions"],
  "aws:s3/bucketPolicy:BucketPolicy": ["policy", "resource"],
  "aws:sns/topic:Topic": ["policy", "resource"],
  "aws:sns/topicPolicy:TopicPolicy": ["policy", "resource"],
  "aws:sqs/queue:Queue": ["policy", "resource"],
  "aws:sqs/queuePolicy:QueuePolicy": ["policy", "resource"],
  "aws:kms/key:Key": ["policy", "resource"],
  "aws:kms/keyPolicy:KeyPolicy": ["policy", "resource"],
  "aws:ecr/repositoryPolicy:RepositoryPolicy": ["policy", "resource"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["policyDocument", "resource"],
  "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy": ["resourcePolicy", "resource"],
  "aws-native:sagemaker:ModelPackageGroup": ["modelPackageGroupPolicy", "resource"],
};

/** Returns a resource's policy of the given kind, unparsed; undefined if it has none. */
export function heldPolicy({ type, props }: Resource, kind: PolicyKind): unknown {
  const [property, of] = holders[type] ?? [];
  return property === undefined || of !== kind ? undefined : (props[property] ?? undefined);
}

export const policyKinds: readonly PolicyKind[] = ["trust", "permissions", "resource"];
