import { regionalArn } from "../../service-model/partition.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

function notificationPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const topic = stack.topicName === undefined ? [] : [regionalArn(stack, "sns", stack.topicName)];
  return [
    allow(
      "KeepTopicAndSubscriptions",
      [
        "sns:CreateTopic",
        "sns:DeleteTopic",
        "sns:GetSubscriptionAttributes",
        "sns:GetTopicAttributes",
        "sns:ListTagsForResource",
        "sns:SetSubscriptionAttributes",
        "sns:SetTopicAttributes",
        "sns:TagResource",
        "sns:Unsubscribe",
        "sns:UntagResource",
      ],
      // A subscription's ARN begins with the ARN of its topic.
      topic.flatMap((arn) => [arn, `${arn}:*`]),
    ),
    allow("SubscribeByEmail", ["sns:Subscribe"], topic, { StringEquals: { "sns:Protocol": "email" } }),
    allow(
      "KeepRules",
      [
        "events:DeleteRule",
        "events:DescribeRule",
        "events:ListTagsForResource",
        "events:ListTargetsByRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
      ],
      stack.ruleNames.map((name) => regionalArn(stack, "events", `rule/${name}`)),
    ),
  ];
}

/** Returns the permissions to set retention times. Deleting is not allowed, because all stacks of the account share the groups. */
function logGroupPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const groups = stack.logGroupNames.map((name) => regionalArn(stack, "logs", `log-group:${name}`));
  return [
    // DescribeLogGroups lists by name prefix, and supports no narrower resource than `*`.
    allow("FindLogGroups", ["logs:DescribeLogGroups"], groups.length === 0 ? [] : ["*"]),
    allow(
      "KeepLogGroups",
      [
        "logs:CreateLogGroup",
        "logs:DeleteRetentionPolicy",
        "logs:ListTagsForResource",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
      // Some of these actions expect the group's ARN with `:*` at its end, others without.
      groups.flatMap((arn) => [arn, `${arn}:*`]),
    ),
  ];
}

/**
 * Returns the permissions for failure notifications, schedules and log retention.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function operationPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  return [
    ...notificationPermissions(stack),
    allow(
      "KeepSchedules",
      ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule"],
      stack.scheduleNames.map((name) => regionalArn(stack, "scheduler", `schedule/${name}`)),
    ),
    ...logGroupPermissions(stack),
  ];
}
