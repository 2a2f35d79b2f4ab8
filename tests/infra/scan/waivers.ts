import type { ScannedStack } from "./scanned-stacks.ts";

/** An accepted finding, and the reason. */
export interface Waiver {
  readonly check: string;
  /** Matches the resources' addresses in the plan. */
  readonly resource: RegExp;
  /** The stacks in which the finding is accepted. */
  readonly stacks: readonly ScannedStack[];
  /** The only policy statement that causes the finding. The finding has to disappear without this statement. */
  readonly statement?: { readonly of: string; readonly sid: string };
  readonly reason: string;
}

export const waivers: readonly Waiver[] = [
  {
    check: "CKV_AWS_18",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain"],
    reason: "S3 logs requests only if accessLogBucket names a bucket, because a stack does not create a second bucket.",
  },
  {
    check: "CKV_AWS_144",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain", "everything"],
    reason:
      "Replication needs a second bucket in another region. The objects in this one are versioned and protected, and executions can produce them again from code and data.",
  },
  {
    check: "CKV_AWS_145",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain"],
    reason:
      "S3's own keys encrypt every object if kmsKeyArn is not configured, because a KMS key costs money and needs an owner.",
  },
  {
    check: "CKV2_AWS_62",
    resource: /^aws_s3_bucket\.artifacts$/,
    stacks: ["plain", "everything"],
    reason: "No program waits for new objects, because the stack check, people and schedules start executions.",
  },
  {
    check: "CKV_AWS_26",
    resource: /^aws_sns_topic\.failures$/,
    stacks: ["plain", "everything"],
    reason:
      "A message contains an execution's ARN and status, but no data. EventBridge can publish to an encrypted topic only if the key's policy allows it, and the key's owner decides that.",
  },
  {
    check: "CKV_AWS_158",
    resource: /^aws_cloudwatch_log_group\.job-logs-\w+Jobs$/,
    stacks: ["everything"],
    reason:
      "CloudWatch encrypts every log itself. All stacks of the account share the groups, so one stack cannot choose their key.",
  },
  {
    check: "CKV_AWS_297",
    resource: /^aws_scheduler_schedule\.schedules-.+$/,
    stacks: ["everything"],
    reason: "A schedule contains the ARN of a pipeline, but no data. Scheduler encrypts it with AWS's own key.",
  },
  // The deploy role's statement is in its managed policy, because the inline one is full.
  ...(
    [
      "Policy github-deploy-0",
      "RolePolicy github-preview",
      "RolePolicy github-drift",
      "RolePolicy github-devstacks",
    ] as const
  ).map(
    (of): Waiver => ({
      check: "CKV_AWS_355",
      resource: new RegExp(`^aws_iam_${of.startsWith("Role") ? "role_policy" : "policy"}\\.${of.split(" ")[1]}$`),
      stacks: ["everything"],
      statement: { of, sid: "ListModels" },
      reason:
        "AWS's reference lists the model package as a resource of ListModelPackages, but not the group. The list shows only names and statuses.",
    }),
  ),
];
