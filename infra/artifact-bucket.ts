import { Bucket, BucketPublicAccessBlock, BucketVersioning } from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";

export interface ArtifactBucketArgs {
  readonly bucketName: string;
  /** Whether destroying the stack deletes what is in the bucket; for stacks whose models nobody needs. */
  readonly forceDestroy: boolean;
}

/** The bucket of code, data, evaluations and models: private, every version of an object kept. */
export class ArtifactBucket extends pulumi.ComponentResource {
  readonly bucketName: pulumi.Output<string>;

  constructor(name: string, args: ArtifactBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:ArtifactBucket", name, {}, opts);
    const parent = { parent: this };
    const bucket = new Bucket(name, { bucket: args.bucketName, forceDestroy: args.forceDestroy }, parent);
    new BucketVersioning(name, { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } }, parent);
    new BucketPublicAccessBlock(
      name,
      {
        bucket: bucket.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      parent,
    );
    this.bucketName = bucket.bucket;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}
