/**
 * Returns a trust policy that lets a service assume a role for the account's own resources only, so that another customer's
 * resource cannot make the service use the role.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
 *
 * @param service such as `sagemaker.amazonaws.com`
 * @param condition a condition on `aws:SourceArn`
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
 * Returns the trust policy of the execution role: SageMaker may assume it for resources of this account and region. The
 * condition names all SageMaker resources, because the jobs of the pipelines assume the same role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function executionTrustPolicy(partition: string, account: string, region: string): string {
  const resources = `arn:${partition}:sagemaker:${region}:${account}:*`;
  return serviceTrustPolicy("sagemaker.amazonaws.com", account, { ArnLike: { "aws:SourceArn": resources } });
}

/**
 * Returns the trust policy of the schedules' role: EventBridge Scheduler may assume it for schedules of the group. Scheduler
 * sends the group's ARN, never the schedule's, so a condition on a schedule would lock it out.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function scheduleTrustPolicy(account: string, groupArn: string): string {
  return serviceTrustPolicy("scheduler.amazonaws.com", account, { ArnEquals: { "aws:SourceArn": groupArn } });
}
