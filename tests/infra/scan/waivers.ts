import type { ScannedStack } from "./scanned-stacks.ts";

/** A finding that stays, and why. */
export interface Waiver {
  readonly check: string;
  /** Addresses in the plan. */
  readonly resource: RegExp;
  /** Where there is the finding; in another stack it is none that is waived. */
  readonly stacks: readonly ScannedStack[];
  /** The one statement of the resource's policy that it is about; without it there has to be no finding. */
  readonly statement?: { readonly of: string; readonly sid: string };
  readonly reason: string;
}

export const waivers: readonly Waiver[] = [
  {
    check: "CKV_AWS_18",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain"],
    reason: "S3 logs each request where accessLogBucket names a bucket for it: a stack makes no second bucket.",
  },
  {
    check: "CKV_AWS_144",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain", "everything"],
    reason:
      "Replication needs a second bucket in another region; what is in this one is versioned, protected, and can be made anew from code and data.",
  },
  {
    check: "CKV_AWS_145",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain"],
    reason:
      "S3's own keys encrypt every object where kmsKeyArn names no key: a KMS key costs, and its owner governs it.",
  },
  {
    check: "CKV2_AWS_62",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain", "everything"],
    reason: "Nothing waits for objects: executions are started by the stack check, by people and by schedules.",
  },
  {
    check: "CKV_AWS_26",
    resource: /^aws_sns_topic\.failures$/,
    stacks: ["plain", "everything"],
    reason:
      "A message holds an execution's ARN and its status, no data; to an encrypted topic EventBridge can publish only where the policy of the key lets it, which is its owner's to say.",
  },
  {
    check: "CKV_AWS_158",
    resource: /^aws_cloudwatch_log_group\.job-logs-\w+Jobs$/,
    stacks: ["everything"],
    reason:
      "CloudWatch encrypts every log itself; the groups are those of all stacks of the account, and so is a key for them.",
  },
  {
    check: "CKV_AWS_297",
    resource: /^aws_scheduler_schedule\.schedules-.+$/,
    stacks: ["everything"],
    reason: "A schedule holds the ARN of a pipeline and no data; Scheduler encrypts it with a key of AWS's own.",
  },
  {
    check: "CKV_AWS_355",
    resource: /^aws_iam_role_policy\.github-deploy$/,
    stacks: ["everything"],
    statement: { of: "RolePolicy github-deploy", sid: "ListModels" },
    reason:
      "AWS's reference says of ListModelPackages that a model package may be its resource, not that the group of a list is; a list tells no more than names and statuses.",
  },
];
