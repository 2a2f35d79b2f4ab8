import { logGroup } from "../../service-model/job-kinds.ts";
import type { LogDestination } from "./job-logs.ts";
import type { Permission } from "./statement.ts";

/**
 * Returns the permissions to write the logs and metrics of a kind of job.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (each job's execution role permissions)
 *
 * @param arn returns the ARN of a CloudWatch Logs resource
 */
export function logPermissions(
  { logs, ownLogGroup }: LogDestination,
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
      // PutMetricData supports no resource ARNs, so the namespace limits it.
      Sid: "WriteMetrics",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringEquals: { "cloudwatch:namespace": [logGroup(logs)] } },
    },
  ];
}
