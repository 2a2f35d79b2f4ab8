import type { Permission } from "./statement.ts";

/**
 * What the role of jobs needs so that they log and measure.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html (each job's execution role permissions)
 *
 * @param kind of job, as its log group and its metrics' namespace have it below `/aws/sagemaker/`: `TrainingJobs`
 * @param arn the ARN of a resource of CloudWatch Logs
 */
export function logPermissions(kind: string, arn: (resource: string) => string): readonly Permission[] {
  // Jobs of a kind share a group, an endpoint has its own.
  const group = arn(`log-group:/aws/sagemaker/${kind}${kind === "Endpoints" ? "/*" : ""}`);
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
      Condition: { StringEquals: { "cloudwatch:namespace": [`/aws/sagemaker/${kind}`] } },
    },
  ];
}
