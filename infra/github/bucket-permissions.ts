import { serviceName } from "../../service-model/partition.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, s3Arn } from "./accessed-stack.ts";

/**
 * What the provider reads of a bucket, whichever settings the program has: each is an attribute of `aws_s3_bucket`, or a
 * resource beside it.
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

/** What the program sets. Deleting the bucket is not among it: who loses models does so from a desk. */
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
 * The bucket's settings, the code in it, and what runs wrote there. Code is written below `<pipeline>/code/` alone; no
 * object is deleted.
 */
export function bucketPermissions(stack: AccessedStack): readonly PolicyStatement[] {
  const bucket = s3Arn(stack, stack.bucketName);
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
