import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketLifecycleConfiguration } from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketLogging } from "@pulumi/aws/s3/bucketLogging.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import * as pulumi from "@pulumi/pulumi";
import { encryptedTransportPolicy } from "./bucket-policy.ts";

export interface ArtifactBucketArgs {
  readonly bucketName: string;
  /** `arn:<partition>:s3:::<bucketName>`. A plain text, so that previews show the bucket policy before the bucket exists. */
  readonly bucketArn: string;
  /**
   * Whether destroying the stack deletes the bucket and all its objects, for stacks whose models nobody needs. Otherwise
   * Pulumi protects the bucket.
   */
  readonly forceDestroy: boolean;
  /** The KMS key that encrypts the objects; by default S3's own key. */
  readonly kmsKeyArn?: string | undefined;
  /** The bucket for S3's access log, with this bucket's name as the prefix; by default S3 writes no log. */
  readonly accessLogBucket?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Days after which S3 removes an overwritten or deleted version of an object for good. */
const oldVersionDays = 90;
/** Days after which S3 moves a large object to Intelligent-Tiering. */
const movingDays = 30;
/** Days after which S3 removes the parts of an unfinished upload. */
const unfinishedUploadDays = 7;

/**
 * The bucket of code, data, evaluations and models. It is private, encrypted at rest and in transit, and keeps old versions
 * of objects for a while. No rule deletes current objects, because registered models and the code of old executions are
 * among them.
 */
export class ArtifactBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: ArtifactBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:ArtifactBucket", name, {}, opts);
    const parent = { parent: this };
    const bucket = new Bucket(
      name,
      { bucket: args.bucketName, forceDestroy: args.forceDestroy, tags: args.tags },
      { ...parent, protect: !args.forceDestroy },
    );
    const of = { bucket: bucket.bucket };
    const versioning = new BucketVersioning(name, { ...of, versioningConfiguration: { status: "Enabled" } }, parent);
    const block = new BucketPublicAccessBlock(
      name,
      { ...of, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
      parent,
    );
    new BucketOwnershipControls(name, { ...of, rule: { objectOwnership: "BucketOwnerEnforced" } }, parent);
    new BucketServerSideEncryptionConfiguration(
      name,
      {
        ...of,
        rules: [
          args.kmsKeyArn === undefined
            ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
            : {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: args.kmsKeyArn },
                bucketKeyEnabled: true,
              },
        ],
      },
      parent,
    );
    // S3 answers with a conflict if the policy and the public access block change at the same time.
    new BucketPolicy(
      name,
      { ...of, policy: encryptedTransportPolicy(args.bucketArn) },
      { ...parent, dependsOn: block },
    );
    new BucketLifecycleConfiguration(
      name,
      { ...of, rules: lifecycleRules() },
      // A rule about old versions makes sense only once versioning is enabled.
      { ...parent, dependsOn: versioning },
    );
    if (args.accessLogBucket !== undefined)
      new BucketLogging(
        name,
        { ...of, targetBucket: args.accessLogBucket, targetPrefix: `${args.bucketName}/` },
        parent,
      );
    this.bucketName = bucket.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/**
 * Returns the rules by which S3 removes and moves objects. S3 moves objects of 128 KB and more (data sets, models, large
 * outputs) to Intelligent-Tiering, where they stay readable at once. It does not move smaller objects (scripts, evaluations),
 * and would charge the same for them there.
 * Sources: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html
 */
function lifecycleRules() {
  return [
    {
      id: "old-versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
      abortIncompleteMultipartUpload: { daysAfterInitiation: unfinishedUploadDays },
      expiration: { expiredObjectDeleteMarker: true },
    },
    {
      id: "seldom-read",
      status: "Enabled",
      filter: { prefix: "" },
      transitions: [{ days: movingDays, storageClass: "INTELLIGENT_TIERING" }],
    },
  ];
}
