import {
  Bucket,
  BucketLifecycleConfiguration,
  BucketLogging,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import { encryptedTransportPolicy } from "./bucket-policy.ts";

export interface ArtifactBucketArgs {
  readonly bucketName: string;
  /** `arn:<partition>:s3:::<bucketName>`: known before the bucket is, so that previews show the policy. */
  readonly bucketArn: string;
  /**
   * Whether destroying the stack deletes the bucket with what is in it; for stacks whose models nobody needs. Pulumi
   * refuses to delete any other bucket.
   */
  readonly forceDestroy: boolean;
  /** The KMS key of what is stored; without it S3's own. */
  readonly kmsKeyArn?: string | undefined;
  /** Where S3 logs each request, below the bucket's name; without it nowhere. */
  readonly accessLogBucket?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Days after which an overwritten or deleted version of an object is really gone. */
const oldVersionDays = 90;
/** Days after which S3 moves a large object to where it costs least for how often it is read. */
const movingDays = 30;
/** Days after which S3 drops the parts of an upload that was never finished. */
const unfinishedUploadDays = 7;

/**
 * The bucket of code, data, evaluations and models: private, owned by the account alone, encrypted at rest and on the way,
 * every version of an object kept for a while. Nothing that is current is ever deleted: registered models are among what
 * runs wrote, and executions can be of old code.
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
    // S3 answers a second change of a bucket's access with a conflict while the first is under way.
    new BucketPolicy(
      name,
      { ...of, policy: encryptedTransportPolicy(args.bucketArn) },
      { ...parent, dependsOn: block },
    );
    new BucketLifecycleConfiguration(
      name,
      { ...of, rules: lifecycleRules() },
      // A rule about old versions is only meant for a bucket that has them.
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
 * What S3 does by itself. Objects of 128 KB and more, which are data sets, models and large outputs, move to
 * Intelligent-Tiering, which reads them from where they are at once. Smaller ones, such as scripts, evaluations and small
 * models, stay: S3 moves none below that size, and there they would cost the same, as it does not watch them.
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
