import type { UsedByJobs } from "../../../local/iam/service-calls.ts";
import { other, product, sagemakerArns } from "./call-lists.ts";
import { outsideDataCalls } from "./outside-data-calls.ts";
import { outsideSageMakerCalls } from "./outside-sagemaker-calls.ts";
import type { Call, Context } from "./simulate.ts";

/** The condition keys of the uses of a key that do not go through S3. */
const contextOfKeyUse: Readonly<Record<string, Context>> = {
  "kms:CreateGrant": { "kms:GrantIsForAWSResource": "true" },
  "kms:DescribeKey": {},
};

/** Lists the calls that the execution role must not be allowed, by the effect that they would have. */
export function outsideCalls(used: UsedByJobs, role: string, group: string): Readonly<Record<string, readonly Call[]>> {
  const { account, region, keys, subnets } = used;
  const sagemaker = sagemakerArns(used);
  return {
    ...outsideSageMakerCalls(used, group),
    ...outsideDataCalls(used, role),
    "assuming other roles": [
      ["sts:AssumeRole", `arn:aws:iam::${account}:role/service-role/admin`],
      ["sts:AssumeRole", role.replace("-execution-", "-deploy-")],
      ["sts:TagSession", `arn:aws:iam::${account}:role/admin`],
      ["sts:GetSessionToken", "*"],
      ["iam:CreateServiceLinkedRole", `arn:aws:iam::${account}:role/aws-service-role/x`],
      ["iam:CreatePolicyVersion", `arn:aws:iam::${account}:policy/p`],
      ["iam:UpdateOpenIDConnectProviderThumbprint", `arn:aws:iam::${account}:oidc-provider/p`],
      ["iam:AddRoleToInstanceProfile", `arn:aws:iam::${account}:instance-profile/p`],
    ],
    "creating users and access keys": [
      "iam:CreateUser",
      "iam:CreateAccessKey",
      "iam:AttachUserPolicy",
      "iam:CreateLoginProfile",
    ].map((action): Call => [action, `arn:aws:iam::${account}:user/u`]),
    "pulling other images, and changing images": [
      ...product(
        ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:BatchCheckLayerAvailability"],
        [
          `${account}:repository/other`,
          `${other}:repository/sagemaker-xgboost`,
          ...used.repositories.map((name) => `${name}x`),
        ],
        (action, repository): Call => [action, `arn:aws:ecr:${region}:${repository}`],
      ),
      ...product(
        [
          "ecr:PutImage",
          "ecr:InitiateLayerUpload",
          "ecr:UploadLayerPart",
          "ecr:CompleteLayerUpload",
          "ecr:BatchDeleteImage",
          "ecr:SetRepositoryPolicy",
        ],
        used.repositories,
        (action, repository): Call => [action, `arn:aws:ecr:${region}:${repository}`],
      ),
    ],
    "writing other logs, and reading and deleting logs": [
      ...product(
        ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
        [
          "/aws/lambda/f",
          "/aws/sagemaker/LabelingJobs",
          "/aws/sagemaker/Endpoints/e",
          "/aws/sagemaker/ProcessingJobsx",
          "/aws/sagemaker/TrainingJobsx",
          "/aws/sagemaker/TransformJobsx",
        ],
        (action, name): Call => [action, `arn:aws:logs:${region}:${account}:log-group:${name}`],
      ),
      ...product(
        ["logs:DeleteLogGroup", "logs:FilterLogEvents", "logs:PutRetentionPolicy", "logs:PutSubscriptionFilter"],
        ["/aws/sagemaker/TrainingJobs", "/aws/lambda/f"],
        (action, name): Call => [action, `arn:aws:logs:${region}:${account}:log-group:${name}`],
      ),
      ["logs:GetLogEvents", `arn:aws:logs:${region}:${account}:log-group:/aws/sagemaker/TrainingJobs:log-stream:x`],
      ...product(
        ["logs:CreateLogStream", "logs:PutLogEvents"],
        [
          `${region}:${account}:log-group:/aws/lambda/f`,
          `${region}:${account}:log-group:/aws/sagemaker/LabelingJobs`,
          `sa-east-1:${account}:log-group:/aws/sagemaker/TrainingJobs`,
          `${region}:${other}:log-group:/aws/sagemaker/TrainingJobs`,
        ],
        (action, where): Call => [action, `arn:aws:logs:${where}:log-stream:x`],
      ),
    ],
    "writing other metrics and alarms": [
      ...[
        "AWS/S3",
        "team",
        "/aws/sagemaker/LabelingJobs",
        "/aws/sagemaker/Endpoints",
        "aws/sagemaker/TrainingJobs",
      ].map((namespace): Call => ["cloudwatch:PutMetricData", "*", { "cloudwatch:namespace": namespace }]),
      ["cloudwatch:PutMetricData", "*"],
      ["cloudwatch:DeleteAlarms", `arn:aws:cloudwatch:${region}:${account}:alarm:a`],
    ],
    "using other KMS keys, and other actions on keys": [
      ...product(
        ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:CreateGrant"],
        [
          `arn:aws:kms:${region}:${account}:key/other`,
          `arn:aws:kms:${region}:${account}:key/12345`,
          `arn:aws:kms:${region}:${other}:key/1234`,
        ],
        (action, resource): Call => [
          action,
          resource,
          contextOfKeyUse[action] ?? { "kms:ViaService": `s3.${region}.amazonaws.com` },
        ],
      ),
      ...(keys.objects === undefined
        ? []
        : [
            ...["kms:ScheduleKeyDeletion", "kms:PutKeyPolicy", "kms:DisableKey", "kms:Sign", "kms:ReEncryptFrom"].map(
              (action): Call => [action, keys.objects ?? ""],
            ),
            ...["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"].flatMap((action): Call[] => [
              [action, keys.objects ?? ""],
              [action, keys.objects ?? "", { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` }],
            ]),
            ["kms:CreateGrant", keys.objects, { "kms:GrantIsForAWSResource": "false" }] as Call,
            ["kms:CreateGrant", keys.objects] as Call,
          ]),
    ],
    "joining other networks": [
      ...product(
        [
          "subnet/subnet-0f",
          "subnet/subnet-0a0a0a0a1",
          "subnet/subnet-0b0b0b0b1",
          "security-group/sg-0f",
          "security-group/sg-0a0a0a0a1",
        ],
        [region, "sa-east-1"],
        (resource, where): Call => ["ec2:CreateNetworkInterface", `arn:aws:ec2:${where}:${account}:${resource}`],
      ),
      ...["DeleteNetworkInterface", "CreateNetworkInterfacePermission", "DeleteNetworkInterfacePermission"].flatMap(
        (name): Call[] => {
          const eni = `arn:aws:ec2:${region}:${account}:network-interface/eni-0f`;
          return [
            [`ec2:${name}`, eni],
            [`ec2:${name}`, eni, { "ec2:Subnet": `arn:aws:ec2:${region}:${account}:subnet/subnet-0f` }],
          ];
        },
      ),
      ...(subnets.length > 0
        ? []
        : [["ec2:CreateNetworkInterface", `arn:aws:ec2:${region}:${account}:network-interface/*`] as Call]),
      ...["RunInstances", "TerminateInstances"].map(
        (name): Call => [`ec2:${name}`, `arn:aws:ec2:${region}:${account}:instance/i-0a`],
      ),
      ["ec2:AuthorizeSecurityGroupIngress", `arn:aws:ec2:${region}:${account}:security-group/sg-0a0a0a0a`],
      ...(subnets.length > 0 ? [] : ["ec2:DescribeSubnets", "ec2:DescribeVpcs"].map((action): Call => [action, "*"])),
    ],
    "actions of other services": [
      ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:${region}:${account}:secret:s-abcdef`],
      ["ssm:GetParameter", `arn:aws:ssm:${region}:${account}:parameter/p`],
      ["lambda:InvokeFunction", `arn:aws:lambda:${region}:${account}:function:f`],
      ["lambda:UpdateFunctionCode", `arn:aws:lambda:${region}:${account}:function:f`],
      ["dynamodb:GetItem", `arn:aws:dynamodb:${region}:${account}:table/t`],
      ["dynamodb:PutItem", `arn:aws:dynamodb:${region}:${account}:table/t`],
      ["sqs:SendMessage", `arn:aws:sqs:${region}:${account}:q`],
      ["sqs:ReceiveMessage", `arn:aws:sqs:${region}:${account}:q`],
      ["sns:Publish", `arn:aws:sns:${region}:${account}:t`],
      ["events:PutRule", `arn:aws:events:${region}:${account}:rule/r`],
      ["events:PutTargets", `arn:aws:events:${region}:${account}:rule/r`],
      ["scheduler:CreateSchedule", `arn:aws:scheduler:${region}:${account}:schedule/default/s`],
      ["states:StartExecution", `arn:aws:states:${region}:${account}:stateMachine:m`],
      ["glue:GetTable", `arn:aws:glue:${region}:${account}:table/d/t`],
      ["athena:StartQueryExecution", `arn:aws:athena:${region}:${account}:workgroup/w`],
      ["rds:DeleteDBInstance", `arn:aws:rds:${region}:${account}:db:d`],
      ["cloudformation:CreateStack", `arn:aws:cloudformation:${region}:${account}:stack/s/1`],
      ["cloudtrail:StopLogging", `arn:aws:cloudtrail:${region}:${account}:trail/t`],
      ["organizations:LeaveOrganization", "*"],
      ["account:CloseAccount", "*"],
      ["elasticmapreduce:AddJobFlowSteps", `arn:aws:elasticmapreduce:${region}:${account}:cluster/j-1`],
      ["bedrock:InvokeModel", `arn:aws:bedrock:${region}::foundation-model/m`],
      ["ecs:RunTask", `arn:aws:ecs:${region}:${account}:task-definition/t:1`],
      ["batch:SubmitJob", `arn:aws:batch:${region}:${account}:job-definition/j:1`],
      ["kinesis:PutRecord", `arn:aws:kinesis:${region}:${account}:stream/s`],
      ["firehose:PutRecord", `arn:aws:firehose:${region}:${account}:deliverystream/s`],
      ["elasticfilesystem:ClientMount", `arn:aws:elasticfilesystem:${region}:${account}:file-system/fs-1`],
      ["redshift:GetClusterCredentials", `arn:aws:redshift:${region}:${account}:dbuser:c/u`],
      ["cloudwatch:PutDashboard", `arn:aws:cloudwatch::${account}:dashboard/d`],
      ["ssm:StartSession", `arn:aws:ec2:${region}:${account}:instance/i-0a`],
      ["codebuild:StartBuild", `arn:aws:codebuild:${region}:${account}:project/p`],
      ["backup:DeleteRecoveryPoint", `arn:aws:backup:${region}:${account}:recovery-point:r`],
    ],
    "changing tags that other policies refer to": [
      sagemaker("pipeline/p"),
      sagemaker("endpoint/e"),
      sagemaker("model/m"),
      sagemaker("training-job/mine"),
      sagemaker("processing-job/mine"),
      sagemaker("training-job/pipelines-x", region, other),
      sagemaker("domain/d"),
    ].flatMap((resource): Call[] => [
      ["sagemaker:AddTags", resource],
      ["sagemaker:DeleteTags", resource],
    ]),
  };
}
