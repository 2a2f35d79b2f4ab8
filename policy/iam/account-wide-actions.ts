/**
 * The actions that a statement may allow on the resource `*`, because AWS requires no resource ARN for them. The list has only
 * the actions that SageMaker's jobs, deploys and the stack check need. Add another only if AWS's reference says the same of it.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const accountWideActions: readonly string[] = [
  "cloudformation:CreateResource",
  "cloudformation:DeleteResource",
  "cloudformation:GetResource",
  "cloudformation:GetResourceRequestStatus",
  "cloudformation:ListResources",
  "cloudformation:UpdateResource",
  "cloudwatch:PutMetricData",
  "ec2:DescribeDhcpOptions",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "ecr:GetAuthorizationToken",
  "iam:ListOpenIDConnectProviders",
  "kms:ListAliases",
  "logs:DescribeLogGroups",
  "s3:ListAllMyBuckets",
  "sagemaker:ListModelPackageGroups",
  "sagemaker:ListModelPackages",
  "sagemaker:ListPipelines",
  "sagemaker:ListProcessingJobs",
  "sagemaker:ListTrainingJobs",
  "sts:GetCallerIdentity",
  "tag:GetResources",
];
