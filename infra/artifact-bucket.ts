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
/** Days after which S3 moves what runs wrote to where it costs least for how often it is read. */
const runOutputDays = 30;

/**
 * The bucket of code, data, evaluations and models: private, owned by the account alone, encrypted at rest and on the way,
 * every version of an object kept for a while. What runs wrote is never deleted, as registered models are among it.
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

function lifecycleRules() {
  return [
    {
      id: "old-versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: oldVersionDays },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      expiration: { expiredObjectDeleteMarker: true },
    },
    {
      id: "seldom-read",
      status: "Enabled",
      filter: { prefix: "" },
      transitions: [{ days: runOutputDays, storageClass: "INTELLIGENT_TIERING" }],
    },
  ];
}
