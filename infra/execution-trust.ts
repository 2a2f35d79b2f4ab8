/**
 * Who may use the execution role: SageMaker, for resources of this account and region. One role serves the pipelines and
 * their jobs, so the condition is on the account's SageMaker resources, not on the pipelines alone.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function executionTrustPolicy(partition: string, account: string, region: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:sagemaker:${region}:${account}:*` },
        },
      },
    ],
  });
}
