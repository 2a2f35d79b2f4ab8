import type { UsedByJobs } from "../../../local/iam/service-calls.ts";
import { other, product } from "./call-lists.ts";
import type { Call } from "./simulate.ts";

/** Lists the calls to S3 and IAM that the execution role must not be allowed. */
export function outsideDataCalls(used: UsedByJobs, role: string): Readonly<Record<string, readonly Call[]>> {
  const { account, bucket, prefix } = used;
  const own = `arn:aws:s3:::${bucket}`;
  return {
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
      ["s3:ListBucket", "arn:aws:s3:::lakex", { "s3:prefix": "crickets.csv" }],
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
  };
}
