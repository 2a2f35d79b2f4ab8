import type { UsedByJobs } from "../../../local/iam/service-calls.ts";
import type { Call, Context } from "./simulate.ts";

const other = "999999999999";

/** Returns every combination of two lists. */
function product<A, B, C>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => C): readonly C[] {
  return as.flatMap((a) => bs.map((b) => make(a, b)));
}

/**
 * Returns calls that differ little from the role's own: in another account, in another region, or on a resource whose
 * name begins differently.
 */
export function nearMisses(calls: readonly Call[]): readonly Call[] {
  return calls.flatMap(([action, resource, context = {}]) => {
    const [arn, partition, service, region = "", account = "", ...rest] = resource.split(":");
    if (arn !== "arn") return [];
    const at = (where: string, who: string, what: string): Call => [
      action,
      [arn, partition, service, where, who, what].join(":"),
      context,
    ];
    const name = rest.join(":");
    const [kind = "", ...path] = name.split("/");
    // EC2 chooses the names of network interfaces, so only the condition on their subnet matters.
    const hasName = kind !== "network-interface";
    // An organisation's network account may share these, so only their identifiers matter.
    const isShared = kind === "subnet" || kind === "security-group";
    return [
      ...(hasName
        ? [at(region, account, path.length === 0 ? `x-${name}` : [kind, `x-${path[0]}`, ...path.slice(1)].join("/"))]
        : []),
      ...(account === "" || isShared ? [] : [at(region, other, name)]),
      ...(region === "" ? [] : [at("sa-east-1", account, name)]),
    ];
  });
}

/** The condition keys of the uses of a key that do not go through S3. */
const contextOfKeyUse: Readonly<Record<string, Context>> = {
  "kms:CreateGrant": { "kms:GrantIsForAWSResource": "true" },
  "kms:DescribeKey": {},
};

/** The calls that the execution role must not be allowed, by the effect that they would have. */
export function outsideCalls(used: UsedByJobs, role: string, group: string): Readonly<Record<string, readonly Call[]>> {
  const { account, region, bucket, prefix, keys, subnets } = used;
  const sagemaker = (resource: string, where = region, who = account) =>
    `arn:aws:sagemaker:${where}:${who}:${resource}`;
  const own = `arn:aws:s3:::${bucket}`;
  const kinds = ["processing-job/pipelines-x", "training-job/pipelines-x"] as const;
  const verbs = ["Create", "Describe", "Stop"];
  const operation = (verb: string, resource: string) =>
    `sagemaker:${verb}${resource.startsWith("processing") ? "ProcessingJob" : "TrainingJob"}`;
  const version = sagemaker(`model-package/${group}/1`);
  const aliens = [
    sagemaker("model-package/other/1"),
    sagemaker(`model-package/${group}`),
    sagemaker(`model-package/${group}x/1`),
    sagemaker(`model-package/${group}/1`, "sa-east-1"),
    sagemaker(`model-package/${group}/1`, region, other),
  ];
  const pending = { "sagemaker:ModelApprovalStatus": "PendingManualApproval" };
  return {
    "approving its own model": [
      ["sagemaker:CreateModelPackage", version],
      ...["Approved", "Rejected"].map(
        (status): Call => ["sagemaker:CreateModelPackage", version, { "sagemaker:ModelApprovalStatus": status }],
      ),
      ...["Approved", "Rejected", "PendingManualApproval"].map(
        (status): Call => ["sagemaker:UpdateModelPackage", version, { "sagemaker:ModelApprovalStatus": status }],
      ),
      ["sagemaker:BatchDescribeModelPackage", version],
      ["sagemaker:DeleteModelPackage", version],
      ["sagemaker:DeleteModelPackageGroup", sagemaker(`model-package-group/${group}`)],
      ["sagemaker:PutModelPackageGroupPolicy", sagemaker(`model-package-group/${group}`)],
    ],
    "access to other groups' models": [
      ...aliens.map((resource): Call => ["sagemaker:CreateModelPackage", resource, pending]),
      ...aliens.flatMap((resource): Call[] => [
        ["sagemaker:DescribeModelPackage", resource],
        ["sagemaker:AddTags", resource],
      ]),
      ...[`${group}x`, "other"].flatMap((name): Call[] => [
        ["sagemaker:CreateModelPackageGroup", sagemaker(`model-package-group/${name}`)],
        ["sagemaker:AddTags", sagemaker(`model-package-group/${name}`)],
      ]),
    ],
    "access to jobs outside of pipelines": product(
      verbs,
      kinds.flatMap((kind) => [
        sagemaker(kind.replace("pipelines-x", "mine")),
        sagemaker(kind.replace("pipelines-x", "x-pipelines-")),
        sagemaker(kind, "sa-east-1"),
        sagemaker(kind, region, other),
      ]),
      (verb, resource): Call => [operation(verb, resource.split(":").at(-1) ?? ""), resource],
    ),
    "other actions on its own jobs": [
      ...["DeleteProcessingJob", "DeleteTags", "ListTags"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("processing-job/pipelines-x")],
      ),
      ...["BatchPutMetrics", "DeleteTags", "DeleteTrainingJob", "ListTags", "UpdateTrainingJob"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("training-job/pipelines-x")],
      ),
    ],
    "creating kinds of jobs that no step has": [
      ["TransformJob", "transform-job"],
      ["HyperParameterTuningJob", "hyper-parameter-tuning-job"],
      ["AutoMLJob", "automl-job"],
      ["LabelingJob", "labeling-job"],
      ["CompilationJob", "compilation-job"],
    ].flatMap(([kind, resource]) =>
      verbs.map((verb): Call => [`sagemaker:${verb}${kind}`, sagemaker(`${resource}/pipelines-x`)]),
    ),
    "creating any other SageMaker resource": [
      ...product(
        ["Create", "Delete", "Describe", "Update"],
        [
          ["Endpoint", "endpoint"],
          ["Domain", "domain"],
          ["NotebookInstance", "notebook-instance"],
          ["Experiment", "experiment"],
          ["Pipeline", "pipeline"],
        ] as const,
        (verb, [kind, resource]): Call => [`sagemaker:${verb}${kind}`, sagemaker(`${resource}/pipelines-x`)],
      ),
      ...["CreateModel", "DeleteModel", "DescribeModel"].map(
        (name): Call => [`sagemaker:${name}`, sagemaker("model/pipelines-x")],
      ),
      ["sagemaker:CreatePresignedDomainUrl", sagemaker("user-profile/d/u")],
      ["sagemaker:InvokeEndpoint", sagemaker("endpoint/pipelines-x")],
    ],
    "starting and changing pipelines, including its own": product(
      [
        "sagemaker:DeletePipeline",
        "sagemaker:DescribePipeline",
        "sagemaker:StartPipelineExecution",
        "sagemaker:UpdatePipeline",
      ],
      [sagemaker(`pipeline/${group}`), sagemaker("pipeline/other"), sagemaker("pipeline/pipelines-x")],
      (action, resource): Call => [action, resource],
    ),
    "writing S3 objects where no step writes": product(
      ["s3:PutObject", "s3:AbortMultipartUpload"],
      [
        `${own}/${prefix}/code/0/evaluate.py`,
        `${own}/${prefix}/data/0/abalone.csv`,
        `${own}/${prefix}/evaluation.json`,
        `${own}/${prefix}/executionsx/a`,
        `${own}/${prefix}x/executions/a`,
        `${own}/other/executions/a`,
        `${own}/executions/a`,
        `${own}x/${prefix}/executions/a`,
        `arn:aws:s3:::other/${prefix}/executions/a`,
        "arn:aws:s3:::lake/abalone.csv",
      ],
      (action, resource): Call => [action, resource],
    ),
    "reading S3 objects outside of the stack's pipelines": [
      ...product(
        ["s3:GetObject"],
        [
          `${own}/other/data/a`,
          `${own}/${prefix}x/a`,
          `${own}/a`,
          `${own}x/${prefix}/a`,
          "arn:aws:s3:::lake/other.csv",
          `arn:aws:s3:::other/${prefix}/a`,
        ],
        (action, resource): Call => [action, resource],
      ),
      ...["", "other/", `${prefix}x/`, prefix, "a"].map((key): Call => ["s3:ListBucket", own, { "s3:prefix": key }]),
      ["s3:ListBucket", own],
      ["s3:ListBucket", `${own}x`, { "s3:prefix": `${prefix}/data` }],
      ["s3:ListBucketVersions", own, { "s3:prefix": `${prefix}/data` }],
      ["s3:ListBucket", "arn:aws:s3:::other", { "s3:prefix": `${prefix}/` }],
      ["s3:ListAllMyBuckets", "*"],
      ["s3:ListBucket", "arn:aws:s3:::lake", { "s3:prefix": "other" }],
      ["s3:ListBucket", "arn:aws:s3:::lake"],
      ["s3:ListBucket", "arn:aws:s3:::lakex", { "s3:prefix": "abalone.csv" }],
      ...[`${own}x`, "arn:aws:s3:::lakex"].map((bucket): Call => ["s3:GetBucketLocation", bucket]),
    ],
    "other actions on its own objects": product(
      [
        ...["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:RestoreObject"],
        ...["s3:GetObjectVersion", "s3:BypassGovernanceRetention", "s3:PutObjectRetention"],
      ],
      [
        `${own}/${prefix}/executions/x/a`,
        `${own}/${prefix}/code/0/a.py`,
        `${own}/${prefix}/data/0/a.csv`,
        `${own}/other/a`,
      ],
      (action, resource): Call => [action, resource],
    ),
    "changing the bucket's settings": [
      ...[
        "s3:DeleteBucket",
        "s3:PutBucketPolicy",
        "s3:DeleteBucketPolicy",
        "s3:PutBucketAcl",
        "s3:PutBucketVersioning",
      ],
      ...["s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration", "s3:PutBucketPublicAccessBlock"],
      ...[
        "s3:PutBucketOwnershipControls",
        "s3:PutReplicationConfiguration",
        "s3:PutBucketLogging",
        "s3:GetBucketPolicy",
      ],
      ...["s3:PutBucketNotification", "s3:PutBucketWebsite", "s3:PutBucketCORS"],
    ].flatMap((action): Call[] => [
      [action, own],
      [action, "arn:aws:s3:::other"],
    ]),
    "passing other roles, and passing roles to other services": [
      ...product(
        [
          "lambda",
          "ec2",
          "ecs-tasks",
          "glue",
          "states",
          "scheduler",
          "cloudformation",
          "bedrock",
          "codebuild",
          "sagemaker.other",
        ],
        [role],
        (service, resource): Call => ["iam:PassRole", resource, { "iam:PassedToService": `${service}.amazonaws.com` }],
      ),
      ...[
        `arn:aws:iam::${account}:role/admin`,
        `${role}x`,
        role.replace("-execution-", "-deploy-"),
        role.replace("-execution-", "-schedule-"),
        `arn:aws:iam::${other}:role/r`,
      ].map((resource): Call => ["iam:PassRole", resource, { "iam:PassedToService": "sagemaker.amazonaws.com" }]),
      ["iam:PassRole", role],
    ],
    "extending its own permissions": product(
      [
        ...[
          "iam:AttachRolePolicy",
          "iam:PutRolePolicy",
          "iam:UpdateAssumeRolePolicy",
          "iam:DeleteRolePolicy",
          "iam:GetRole",
        ],
        ...[
          "iam:PutRolePermissionsBoundary",
          "iam:DeleteRolePermissionsBoundary",
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:TagRole",
        ],
        "sts:AssumeRole",
      ],
      [role, `arn:aws:iam::${account}:role/admin`, `arn:aws:iam::${other}:role/admin`],
      (action, resource): Call => [action, resource],
    ),
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
          "/aws/sagemaker/TransformJobs",
          "/aws/sagemaker/Endpoints/e",
          "/aws/sagemaker/ProcessingJobsx",
          "/aws/sagemaker/TrainingJobsx",
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
          `${region}:${account}:log-group:/aws/sagemaker/TransformJobs`,
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
        "/aws/sagemaker/TransformJobs",
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
