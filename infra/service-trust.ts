/**
 * Lets a service take on a role, for what it does for the account alone: no other customer's resource can make it use the
 * role.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 *
 * @param service such as `sagemaker.amazonaws.com`
 * @param condition on `aws:SourceArn`
 */
function serviceTrustPolicy(service: string, account: string, condition: object): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account }, ...condition },
      },
    ],
  });
}

/**
 * Who may use the execution role: SageMaker, for resources of this account and region. One role serves the pipelines and
 * their jobs, so the condition is on the account's SageMaker resources, not on the pipelines alone.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function executionTrustPolicy(partition: string, account: string, region: string): string {
  const resources = `arn:${partition}:sagemaker:${region}:${account}:*`;
  return serviceTrustPolicy("sagemaker.amazonaws.com", account, { ArnLike: { "aws:SourceArn": resources } });
}

/**
 * Who may use the role of schedules: EventBridge Scheduler, for schedules of the group. It never says for which of them, so
 * a condition on one would keep it out.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function scheduleTrustPolicy(account: string, groupArn: string): string {
  return serviceTrustPolicy("scheduler.amazonaws.com", account, { ArnEquals: { "aws:SourceArn": groupArn } });
}
