import { s3Arn } from "../../service-model/arn.ts";
import { serviceName } from "../../service-model/partition.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

/**
 * The actions with which the provider reads a bucket and its settings, whether or not the program sets them.
 * Source: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/s3/bucket.go
 */
const settings = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucketAcl",
  "s3:GetBucketCORS",
  "s3:GetBucketLocation",
  "s3:GetBucketLogging",
  "s3:GetBucketObjectLockConfiguration",
  "s3:GetBucketOwnershipControls",
  "s3:GetBucketPolicy",
  "s3:GetBucketPublicAccessBlock",
  "s3:GetBucketRequestPayment",
  "s3:GetBucketTagging",
  "s3:GetBucketVersioning",
  "s3:GetBucketWebsite",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListTagsForResource",
];

/** The actions with which the program changes a bucket. Only an administrator may delete one, because it contains models. */
const changes = [
  "s3:CreateBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketLogging",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketPolicy",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketTagging",
  "s3:PutBucketVersioning",
  "s3:PutEncryptionConfiguration",
  "s3:PutLifecycleConfiguration",
  "s3:TagResource",
  "s3:UntagResource",
];

/**
 * Returns the permissions to change the bucket's settings, to upload code below `<pipeline>/code/`, and to read what executions
 * wrote. They do not include deleting objects.
 */
export function bucketPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const bucket = s3Arn(stack.bucketName, stack.partition);
  return [
    allow("ReadBucket", settings, [bucket]),
    allow("KeepBucket", changes, stack.ownsBucket ? [bucket] : []),
    allow(
      "UploadCode",
      ["s3:AbortMultipartUpload", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"],
      stack.prefixes.map((prefix) => `${bucket}/${prefix}/code/*`),
    ),
    allow(
      "ReadCodeAndEvaluations",
      ["s3:GetObject"],
      stack.prefixes.map((prefix) => `${bucket}/${prefix}/*`),
    ),
    allow(
      "UseKeyOfBucket",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      stack.kmsKeyArn === undefined ? [] : [stack.kmsKeyArn],
      { StringEquals: { "kms:ViaService": serviceName("s3", stack.region) } },
    ),
  ];
}
