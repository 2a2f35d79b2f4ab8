import { account, exampleAccessedStack, githubRoleArns, providerArn } from "../configuration/example-stack.ts";
import type { Call } from "./simulation.ts";

const region = "eu-central-1";
const bucket = `arn:aws:s3:::${exampleAccessedStack.bucketName}`;
const state = "arn:aws:s3:::octo-org-pulumi-state";
const role = exampleAccessedStack.executionRoleArn;
const scheduleRole = exampleAccessedStack.scheduleRoleArn ?? "";

/** Returns the ARN of a resource in the stack's account and region. */
function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** Returns calls of several actions on one resource with the same context. */
function on(resource: string, actions: readonly string[], context: Readonly<Record<string, string>> = {}): Call[] {
  return actions.map((action) => [action, resource, context]);
}

const pipeline = arn("sagemaker", "pipeline/crickets-training-dev");
const execution = `${pipeline}/execution/uukpafgfess9`;
const group = arn("sagemaker", "model-package-group/crickets-training-dev");
const modelPackage = arn("sagemaker", "model-package/crickets-training-dev/3");
const topic = arn("sns", "training-dev-failures");
const rule = arn("events", "rule/training-dev-failures");
const schedule = arn("scheduler", "schedule/default/crickets-training-dev");
const logs = (kind: string) => arn("logs", `log-group:/aws/sagemaker/${kind}`);
const code = `${bucket}/crickets/code/${"0".repeat(64)}/evaluate.py`;
const keyOfBucket = exampleAccessedStack.kmsKeyArn ?? "";
const keyOfState = arn("kms", "key/state");
const throughS3 = { "kms:ViaService": `s3.${region}.amazonaws.com` };

const readingState: readonly Call[] = [
  ...on(state, ["s3:ListBucket"]),
  ...[
    "meta.yaml",
    "stacks/sagemaker-training/dev.json",
    "stacks/sagemaker-training/dev.json.gz",
    "stacks/sagemaker-training/dev.pulumi-tags",
    "journal/sagemaker-training/dev/manifest.json",
  ].flatMap((path) => on(`${state}/.pulumi/${path}`, ["s3:GetObject"])),
  ...on(keyOfState, ["kms:Decrypt"]),
];

/** The calls of `pulumi preview`. */
export const previewCalls: readonly Call[] = [
  ...readingState,
  ...on("*", ["tag:GetResources", "sagemaker:ListModelPackages"]),
];

const writingState: readonly Call[] = [
  ...[
    "stacks/sagemaker-training/dev.json",
    "stacks/sagemaker-training/dev.json.bak",
    "stacks/sagemaker-training/dev.pulumi-tags",
    "history/sagemaker-training/dev/dev-1.history.json",
    "backups/sagemaker-training/dev/dev.1.json",
    "journal/sagemaker-training/dev/0000000001.journal.json",
    "locks/organization/sagemaker-training/dev/0a1b.json",
  ].flatMap((path) => on(`${state}/.pulumi/${path}`, ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])),
  ...on(keyOfState, ["kms:GenerateDataKey"]),
];

/** The calls of `pulumi up --refresh` for the bucket and its objects. */
const bucketCalls: readonly Call[] = [
  ...on(bucket, [
    ...["s3:CreateBucket", "s3:ListBucket", "s3:GetBucketLocation", "s3:GetBucketPolicy", "s3:GetBucketAcl"],
    ...["s3:GetBucketCORS", "s3:GetBucketWebsite", "s3:GetBucketVersioning", "s3:GetAccelerateConfiguration"],
    ...["s3:GetBucketRequestPayment", "s3:GetBucketLogging", "s3:GetLifecycleConfiguration"],
    ...["s3:GetReplicationConfiguration", "s3:GetEncryptionConfiguration", "s3:GetBucketObjectLockConfiguration"],
    ...["s3:GetBucketTagging", "s3:ListTagsForResource", "s3:GetBucketPublicAccessBlock"],
    ...["s3:GetBucketOwnershipControls", "s3:PutBucketVersioning", "s3:PutBucketPublicAccessBlock"],
    ...["s3:PutBucketOwnershipControls", "s3:PutEncryptionConfiguration", "s3:PutBucketPolicy"],
    ...["s3:DeleteBucketPolicy", "s3:PutLifecycleConfiguration", "s3:PutBucketLogging", "s3:PutBucketTagging"],
    ...["s3:TagResource", "s3:UntagResource"],
  ]),
  ...on(code, [
    ...["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:GetObjectTagging", "s3:PutObjectTagging"],
  ]),
  ...on(keyOfBucket, ["kms:GenerateDataKey", "kms:Decrypt"], throughS3),
];

const readingRole = ["iam:GetRole", "iam:ListRolePolicies", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies"];

/** Calls that change a role's policies or trust. For them, IAM sets the key `iam:PermissionsBoundary`. */
export const roleWrites = [
  ...["iam:CreateRole", "iam:UpdateAssumeRolePolicy", "iam:PutRolePolicy", "iam:DeleteRolePolicy"],
  ...["iam:UpdateRole", "iam:UpdateRoleDescription", "iam:DeleteRole"],
];

/** Returns the ARN of a role's managed policy with this number. */
export const policyOf = (roleArn: string, number: number) => `${roleArn.replace(":role/", ":policy/")}-${number}`;

/** The calls for what exceeds the inline policies of a role. */
const policyCalls: readonly Call[] = [role, scheduleRole].flatMap((made) => [
  ...on(made, ["iam:AttachRolePolicy", "iam:DetachRolePolicy"], { "iam:PolicyARN": policyOf(made, 1) }),
  ...on(policyOf(made, 1), [
    ...["iam:CreatePolicy", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions", "iam:TagPolicy"],
    ...["iam:UntagPolicy", "iam:CreatePolicyVersion", "iam:DeletePolicyVersion", "iam:DeletePolicy"],
  ]),
]);

const roleCalls: readonly Call[] = [
  ...[role, scheduleRole].flatMap((made) =>
    on(made, [...readingRole, ...roleWrites, ...["iam:TagRole", "iam:UntagRole", "iam:ListInstanceProfilesForRole"]]),
  ),
  ...githubRoleArns.flatMap((own) => on(own, readingRole)),
  ...githubRoleArns.flatMap((own) =>
    on(policyOf(own, 0), ["iam:GetPolicy", "iam:GetPolicyVersion", "iam:ListPolicyVersions"]),
  ),
  ...on(providerArn, ["iam:GetOpenIDConnectProvider"]),
  ...on(role, ["iam:PassRole"], { "iam:PassedToService": "sagemaker.amazonaws.com" }),
  ...on(scheduleRole, ["iam:PassRole"], { "iam:PassedToService": "scheduler.amazonaws.com" }),
];

/** The calls that the provider makes to Cloud Control, and that Cloud Control makes with the role's permissions. */
const pipelineCalls: readonly Call[] = [
  ...on("*", [
    ...["cloudformation:CreateResource", "cloudformation:GetResource", "cloudformation:UpdateResource"],
    ...["cloudformation:DeleteResource", "cloudformation:GetResourceRequestStatus"],
  ]),
  ...on(pipeline, [
    ...["sagemaker:CreatePipeline", "sagemaker:DescribePipeline", "sagemaker:UpdatePipeline"],
    ...["sagemaker:DeletePipeline", "sagemaker:AddTags", "sagemaker:ListTags", "sagemaker:DeleteTags"],
  ]),
  ...on(arn("sagemaker", "pipeline/a-new-folder-training-dev"), ["sagemaker:CreatePipeline"]),
  ...on(group, [
    ...["sagemaker:CreateModelPackageGroup", "sagemaker:DescribeModelPackageGroup", "sagemaker:AddTags"],
    ...["sagemaker:DeleteModelPackageGroup", "sagemaker:GetModelPackageGroupPolicy", "sagemaker:ListTags"],
    ...["sagemaker:DeleteModelPackageGroupPolicy", "sagemaker:DeleteTags"],
  ]),
];

const operationCalls: readonly Call[] = [
  ...on(topic, [
    ...["sns:CreateTopic", "sns:GetTopicAttributes", "sns:SetTopicAttributes", "sns:ListTagsForResource"],
    ...["sns:TagResource", "sns:UntagResource", "sns:DeleteTopic"],
    ...["sns:GetSubscriptionAttributes", "sns:SetSubscriptionAttributes", "sns:Unsubscribe"],
  ]),
  ...on(topic, ["sns:Subscribe"], { "sns:Protocol": "email" }),
  ...[rule, `${rule}-02`].flatMap((one) =>
    on(one, [
      ...["events:PutRule", "events:DescribeRule", "events:ListTagsForResource", "events:TagResource"],
      ...["events:UntagResource", "events:PutTargets", "events:ListTargetsByRule", "events:RemoveTargets"],
      "events:DeleteRule",
    ]),
  ),
  ...on(schedule, [
    ...["scheduler:CreateSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule", "scheduler:DeleteSchedule"],
  ]),
  ...on("*", ["logs:DescribeLogGroups"]),
  ...["ProcessingJobs", "TrainingJobs", "TransformJobs"].flatMap((kind) =>
    on(logs(kind), [
      ...["logs:CreateLogGroup", "logs:PutRetentionPolicy", "logs:DeleteRetentionPolicy"],
      ...["logs:ListTagsForResource", "logs:TagResource", "logs:UntagResource"],
    ]),
  ),
];

/** The calls of `check-stack`: `scripts/gate`, `check/execution`, `check/report/read`. */
const checkCalls: readonly Call[] = [
  ...on(pipeline, ["sagemaker:StartPipelineExecution", "sagemaker:ListPipelineExecutions"]),
  ...on(execution, [
    ...["sagemaker:DescribePipelineExecution", "sagemaker:ListPipelineExecutionSteps"],
    ...["sagemaker:StopPipelineExecution", "sagemaker:RetryPipelineExecution", "sagemaker:UpdatePipelineExecution"],
    ...["sagemaker:DescribePipelineDefinitionForExecution", "sagemaker:ListPipelineParametersForExecution"],
  ]),
  ...on(arn("sagemaker", "processing-job/pipelines-uukpafgfess9-evaluate-x"), ["sagemaker:DescribeProcessingJob"]),
  ...on(arn("sagemaker", "training-job/pipelines-uukpafgfess9-train-x"), ["sagemaker:DescribeTrainingJob"]),
  ...["ProcessingJobs", "TrainingJobs"].flatMap((kind) => [
    // The resource as AWS's own AccessDenied messages name it.
    ...on(`${logs(kind)}:log-stream:`, ["logs:DescribeLogStreams"]),
    ...on(`${logs(kind)}:log-stream:pipelines-uukpafgfess9-x/algo-1-1`, ["logs:GetLogEvents"]),
  ]),
  ...on("*", ["sagemaker:ListModelPackages"]),
  ...on(modelPackage, ["sagemaker:DescribeModelPackage", "sagemaker:DeleteModelPackage"]),
  // The check records results on a model without setting its approval status.
  ...on(modelPackage, ["sagemaker:UpdateModelPackage"]),
  ...["Approved", "PendingManualApproval", "Rejected"].flatMap((status) =>
    on(modelPackage, ["sagemaker:UpdateModelPackage"], { "sagemaker:ModelApprovalStatus": status }),
  ),
  ...on(`${bucket}/crickets/runs/uukpafgfess9/evaluation/evaluation.json`, ["s3:GetObject"]),
  ...on(`${bucket}/crickets/runs/uukpafgfess9/evaluation/report-data.json`, ["s3:GetObject"]),
];

/** The calls of `pulumi up --refresh` and `check-stack`. */
export const deployCalls: readonly Call[] = [
  ...readingState,
  ...writingState,
  ...on("*", ["tag:GetResources"]),
  ...bucketCalls,
  ...roleCalls,
  ...policyCalls,
  ...pipelineCalls,
  ...operationCalls,
  ...checkCalls,
];

const onlyForChanges = new Set(["cloudformation:GetResourceRequestStatus", "iam:ListInstanceProfilesForRole"]);

/** The calls of `pulumi preview --refresh`: it reads the state and every resource, and changes nothing. */
export const driftCalls: readonly Call[] = [
  ...previewCalls,
  ...[...bucketCalls, ...roleCalls, ...policyCalls, ...pipelineCalls, ...operationCalls].filter(
    ([action]) => /:(Get|List|Describe|Decrypt)/.test(action) && !onlyForChanges.has(action),
  ),
];
