import { logGroup } from "../../service-model/job-kinds.ts";
import type { JobLogs } from "./job-logs.ts";
import type { Permission } from "./statement.ts";

/**
 * Returns what the role of jobs needs so that they log and measure.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (each job's execution role permissions)
 *
 * @param arn the ARN of a resource of CloudWatch Logs
 */
export function logPermissions(
  { logs, ownLogGroup }: JobLogs,
  arn: (resource: string) => string,
): readonly Permission[] {
  const group = arn(`log-group:${logGroup(logs)}${ownLogGroup ? "/*" : ""}`);
  return [
    {
      Sid: "WriteLogs",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      // The group, and the streams in it.
      Resource: [group, `${group}:*`],
    },
    {
      // CloudWatch has no resources for metrics, only their namespace.
      Sid: "WriteMetrics",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": [logGroup(logs)] } },
    },
  ];
}
