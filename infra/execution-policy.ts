export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface ExecutionPolicyArgs {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly bucketName: string;
  readonly roleArn: string;
  readonly modelPackageGroups: readonly string[];
  /** The KMS key of the bucket, if it has one of its own. */
  readonly kmsKeyArn?: string | undefined;
}

/** The end of the names of AWS's services, as condition keys spell them. */
function dnsSuffix(partition: string): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

/**
 * Who may use the execution role: SageMaker, for resources of this account and region. One role serves the pipeline and
 * its jobs, so the condition is on the account's SageMaker resources, not on the pipeline alone.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function executionTrustPolicy({ partition, account, region }: ExecutionPolicyArgs): string {
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

/**
 * What the pipelines and their jobs may do: start processing and training jobs, use this stack's bucket and model
 * package groups, pull AWS's images, write logs and metrics, and pass this one role on to jobs. Models are registered
 * as PendingManualApproval only, so that no pipeline approves its own.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export function executionPolicy(args: ExecutionPolicyArgs): string {
  const { partition, account, region, bucketName, roleArn, modelPackageGroups, kmsKeyArn } = args;
  const sagemaker = (resource: string) => `arn:${partition}:sagemaker:${region}:${account}:${resource}`;
  const bucketArn = `arn:${partition}:s3:::${bucketName}`;
  const packages = modelPackageGroups.map((group) => sagemaker(`model-package/${group.toLowerCase()}/*`));
  const groups = modelPackageGroups.map((group) => sagemaker(`model-package-group/${group.toLowerCase()}`));
  const jobs = ["processing-job", "training-job"].map((kind) => sagemaker(`${kind}/pipelines-*`));
  const statements: readonly PolicyStatement[] = [
    {
      Sid: "RunJobs",
      Effect: "Allow",
      Action: ["Create", "Describe", "Stop"]
        .flatMap((verb) => [`sagemaker:${verb}ProcessingJob`, `sagemaker:${verb}TrainingJob`])
        .concat("sagemaker:AddTags"),
      Resource: jobs,
    },
    {
      Sid: "PassOwnRoleToJobs",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [roleArn],
      Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
    },
    {
      Sid: "RegisterPendingModels",
      Effect: "Allow",
      Action: ["sagemaker:CreateModelPackage"],
      Resource: [...packages, ...groups],
      Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
    },
    {
      Sid: "ReadModelRegistry",
      Effect: "Allow",
      Action: ["sagemaker:AddTags", "sagemaker:DescribeModelPackage", "sagemaker:DescribeModelPackageGroup"],
      Resource: [...packages, ...groups],
    },
    {
      Sid: "UseArtifacts",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"],
      Resource: [`${bucketArn}/*`],
    },
    {
      Sid: "ListArtifacts",
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:GetBucketLocation"],
      Resource: [bucketArn],
    },
    {
      Sid: "PullImages",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [`arn:${partition}:ecr:${region}:*:repository/sagemaker-*`],
    },
    { Sid: "LogInToRegistry", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [`arn:${partition}:logs:${region}:${account}:log-group:/aws/sagemaker/*`],
    },
    {
      Sid: "WriteMetrics",
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { StringLike: { "cloudwatch:namespace": "*aws/sagemaker/*" } },
    },
    ...(kmsKeyArn === undefined
      ? []
      : [
          {
            Sid: "UseKeyOfArtifacts",
            Effect: "Allow" as const,
            Action: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            Resource: [kmsKeyArn],
            Condition: { StringEquals: { "kms:ViaService": `s3.${region}.${dnsSuffix(partition)}` } },
          },
        ]),
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
