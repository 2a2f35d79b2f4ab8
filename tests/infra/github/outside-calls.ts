import { account, exampleAccessedStack, githubRoleArns, providerArn } from "../configuration/example-stack.ts";
import { policyOf, roleWrites } from "./calls.ts";
import type { Call } from "./simulation.ts";

const iam = (resource: string) => `arn:aws:iam::${account}:${resource}`;
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:${account}:${resource}`;
const on = (resource: string, actions: readonly string[], context: Readonly<Record<string, string>> = {}): Call[] =>
  actions.map((action) => [action, resource, context]);

const [previewRole = "", deployRole = ""] = githubRoleArns;
const { bucketName, executionRoleArn, kmsKeyArn = "" } = exampleAccessedStack;
const bucket = `arn:aws:s3:::${bucketName}`;
const otherBucket = `arn:aws:s3:::training-dev-2-${account}-eu-central-1`;
const state = "arn:aws:s3:::octo-org-pulumi-state";
const toSageMaker = { "iam:PassedToService": "sagemaker.amazonaws.com" };
const writingRole = [
  ...roleWrites,
  ...["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:TagRole"],
  ...["iam:PutRolePermissionsBoundary", "iam:DeleteRolePermissionsBoundary"],
];

/** Calls that change the workflows' own permissions, or those of other roles than the stack's. */
const escalation: readonly Call[] = [
  ...githubRoleArns.flatMap((role) => on(role, writingRole)),
  ...on(providerArn, [
    ...["iam:AddClientIDToOpenIDConnectProvider", "iam:UpdateOpenIDConnectProviderThumbprint"],
    ...["iam:CreateOpenIDConnectProvider", "iam:DeleteOpenIDConnectProvider", "iam:TagOpenIDConnectProvider"],
  ]),
  ...on(iam("role/training-dev-2-execution-eu-central-1"), writingRole),
  ...on(iam("role/training-dev-execution-eu-central-1-2"), roleWrites),
  ...on(iam("role/administrator"), [...writingRole, "iam:GetRole"]),
  ...on(executionRoleArn, ["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:DeleteRolePermissionsBoundary"]),
  ...on(executionRoleArn, ["iam:AttachRolePolicy"], { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" }),
  ...on(deployRole, ["iam:AttachRolePolicy"], { "iam:PolicyARN": policyOf(executionRoleArn, 1) }),
  ...["training-dev-2-execution-eu-central-1-1", "training-dev-execution-eu-central-1-12"].flatMap((policy) =>
    on(iam(`policy/${policy}`), ["iam:CreatePolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy"]),
  ),
  ...on(policyOf(deployRole, 0), ["iam:CreatePolicyVersion", "iam:CreatePolicy", "iam:DeletePolicy"]),
  ...on(policyOf(executionRoleArn, 1), ["iam:SetDefaultPolicyVersion"]),
  ...on(iam("policy/boundary"), ["iam:CreatePolicyVersion", "iam:DeletePolicy", "iam:SetDefaultPolicyVersion"]),
  ...on(iam("user/someone"), ["iam:CreateUser", "iam:CreateAccessKey", "iam:PutUserPolicy", "iam:AttachUserPolicy"]),
  ...on(iam("group/administrators"), ["iam:AddUserToGroup"]),
  ...on(iam("role/administrator"), ["iam:PassRole"], toSageMaker),
  ...on(deployRole, ["iam:PassRole"], toSageMaker),
  ...on(iam("role/training-dev-2-execution-eu-central-1"), ["iam:PassRole"], toSageMaker),
  ...on(executionRoleArn, ["iam:PassRole"], { "iam:PassedToService": "lambda.amazonaws.com" }),
  ...on(executionRoleArn, ["iam:PassRole"], { "iam:PassedToService": "scheduler.amazonaws.com" }),
  ...on(executionRoleArn, ["iam:PassRole"]),
  ...on(exampleAccessedStack.scheduleRoleArn ?? "", ["iam:PassRole"], toSageMaker),
  ...[previewRole, deployRole, executionRoleArn, iam("role/administrator")].flatMap((role) =>
    on(role, ["sts:AssumeRole"]),
  ),
];

/** Calls that delete models and logs, or that touch resources of other stacks and teams. */
const elsewhere: readonly Call[] = [
  ...on(bucket, ["s3:DeleteBucket", "s3:PutBucketAcl", "s3:PutReplicationConfiguration", "s3:PutBucketWebsite"]),
  ...on(`${bucket}/crickets/data/0/crickets.csv`, ["s3:PutObject", "s3:DeleteObject"]),
  ...on(`${bucket}/crickets/runs/1/model/model.tar.gz`, ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]),
  ...on(`${bucket}/crickets/code/0/evaluate.py`, ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectAcl"]),
  ...on(otherBucket, ["s3:DeleteBucket", "s3:ListBucket", "s3:PutBucketPolicy", "s3:CreateBucket", "s3:GetBucketAcl"]),
  ...on(`${otherBucket}/crickets/code/0/evaluate.py`, ["s3:GetObject", "s3:PutObject"]),
  ...on("arn:aws:s3:::a-bucket-of-the-company", ["s3:ListBucket", "s3:PutBucketPublicAccessBlock"]),
  ...[
    "meta.yaml",
    "stacks/sagemaker-training/dev-2.json",
    "stacks/other/dev.json",
    "locks/organization/sagemaker-training/dev-2/1.json",
  ].flatMap((path) => on(`${state}/.pulumi/${path}`, ["s3:PutObject", "s3:DeleteObject"])),
  ...on(`${state}/.pulumi/stacks/sagemaker-training/dev-2.json`, ["s3:GetObject"]),
  ...on(`${state}/.pulumi/stacks/other/dev.json`, ["s3:GetObject"]),
  ...on(state, ["s3:DeleteBucket", "s3:PutBucketPolicy"]),
  ...on(arn("sagemaker", "pipeline/crickets-training-dev-2"), [
    ...["sagemaker:UpdatePipeline", "sagemaker:DeletePipeline", "sagemaker:StartPipelineExecution"],
    ...["sagemaker:CreatePipeline", "sagemaker:DescribePipeline"],
  ]),
  ...on(arn("sagemaker", "pipeline/crickets-training-dev-2/execution/1"), ["sagemaker:StopPipelineExecution"]),
  ...on(arn("sagemaker", "model-package-group/crickets-training-prod"), [
    ...["sagemaker:DeleteModelPackageGroup", "sagemaker:CreateModelPackageGroup", "sagemaker:AddTags"],
  ]),
  ...on(arn("sagemaker", "model-package-group/crickets-training-dev"), ["sagemaker:PutModelPackageGroupPolicy"]),
  ...on(arn("sagemaker", "model-package/crickets-training-prod/1"), [
    ...["sagemaker:DeleteModelPackage", "sagemaker:DescribeModelPackage"],
  ]),
  ...on(arn("sagemaker", "model-package/crickets-training-prod/1"), ["sagemaker:UpdateModelPackage"], {
    "sagemaker:ModelApprovalStatus": "Approved",
  }),
  ...on(arn("sagemaker", "model-package/crickets-training-dev/1"), ["sagemaker:CreateModelPackage"], {
    "sagemaker:ModelApprovalStatus": "Approved",
  }),
  ...on(arn("sagemaker", "training-job/own"), ["sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob"]),
  ...on(arn("sagemaker", "processing-job/own"), ["sagemaker:CreateProcessingJob"]),
  ...on(arn("sagemaker", "endpoint/shop"), ["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint"]),
  ...on(arn("sagemaker", "notebook-instance/own"), ["sagemaker:CreatePresignedNotebookInstanceUrl"]),
  ...on(arn("sns", "alarms"), ["sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Publish"]),
  ...on(arn("sns", "alarms"), ["sns:Subscribe"], { "sns:Protocol": "email" }),
  ...on(arn("sns", "training-dev-failures"), ["sns:Subscribe"], { "sns:Protocol": "https" }),
  ...on(arn("events", "rule/other"), ["events:PutRule", "events:DeleteRule", "events:PutTargets"]),
  ...on(arn("scheduler", "schedule/default/other"), ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"]),
  ...on(arn("logs", "log-group:/aws/sagemaker/TrainingJobs"), ["logs:DeleteLogGroup", "logs:PutSubscriptionFilter"]),
  ...on(arn("logs", "log-group:/aws/lambda/shop"), ["logs:PutRetentionPolicy", "logs:DescribeLogStreams"]),
  ...on(arn("logs", "log-group:/aws/sagemaker/TrainingJobs:log-stream:own/algo-1"), ["logs:GetLogEvents"]),
  ...on(kmsKeyArn, ["kms:Decrypt", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CreateGrant"]),
  ...on(arn("kms", "key/other"), ["kms:Decrypt", "kms:GenerateDataKey"]),
  ...on(arn("secretsmanager", "secret:shop-AbCdEf"), ["secretsmanager:GetSecretValue"]),
  ...on(arn("lambda", "function:shop"), ["lambda:CreateFunction", "lambda:InvokeFunction"]),
  ...on(arn("cloudformation", "stack/own/1"), ["cloudformation:CreateStack"]),
  ...on("*", ["organizations:LeaveOrganization", "iam:ListRoles", "s3:ListAllMyBuckets"]),
  ...on(arn("cloudtrail", "trail/company"), ["cloudtrail:StopLogging"]),
];

/** The calls that no workflow may make. */
export const outsideCalls: readonly Call[] = [...escalation, ...elsewhere];
