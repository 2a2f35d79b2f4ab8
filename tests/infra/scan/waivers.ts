/** A finding that is not mended, and why. */
export interface Waiver {
  readonly check: string;
  readonly resource: string;
  readonly reason: string;
}

export const waivers: readonly Waiver[] = [
  {
    check: "CKV_AWS_18",
    resource: "aws_s3_bucket.artifacts",
    reason:
      "The log of requests is written where accessLogBucket is configured: a stack has no second bucket of its own.",
  },
  {
    check: "CKV_AWS_144",
    resource: "aws_s3_bucket.artifacts",
    reason: "Data and models are made anew from what is under version control and from data that its owner keeps.",
  },
  {
    check: "CKV_AWS_145",
    resource: "aws_s3_bucket.artifacts",
    reason:
      "S3's own key encrypts, unless kmsKeyArn is configured: a key of one's own costs money and is one's own to keep.",
  },
  {
    check: "CKV2_AWS_62",
    resource: "aws_s3_bucket.artifacts",
    reason: "Nothing waits for objects: executions are started by the check, by people and by schedules.",
  },
  {
    check: "CKV_AWS_26",
    resource: "aws_sns_topic.failures",
    reason:
      "Messages hold an ARN and a status; EventBridge cannot publish by AWS's key, and a key's policy is its owner's.",
  },
  {
    check: "CKV_AWS_158",
    resource: "aws_cloudwatch_log_group.job-logs-ProcessingJobs",
    reason:
      "CloudWatch encrypts logs; a key of one's own has to let CloudWatch use it, which its owner decides for all stacks.",
  },
  {
    check: "CKV_AWS_158",
    resource: "aws_cloudwatch_log_group.job-logs-TrainingJobs",
    reason:
      "CloudWatch encrypts logs; a key of one's own has to let CloudWatch use it, which its owner decides for all stacks.",
  },
  {
    check: "CKV_AWS_297",
    resource: "aws_scheduler_schedule.schedules-abalone",
    reason: "A schedule holds the ARN of a pipeline and nothing else.",
  },
  {
    check: "CKV_AWS_355",
    resource: "aws_iam_role_policy.github-deploy",
    reason:
      "Cloud Control and the list of models take no resource that AWS documents for certain; both act by further rights.",
  },
];
