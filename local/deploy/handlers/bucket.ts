import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  NotFound,
  type ObjectIdentifier,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ResourceHandler } from "../resource-handler.ts";

async function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

/** Deletes every version of every object, a page at a time, as S3 refuses to delete a bucket that holds any. */
async function emptyBucket(s3: S3Client, bucket: string): Promise<void> {
  for (;;) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const versions: ObjectIdentifier[] = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(
      ({ Key, VersionId }) => ({ Key, VersionId }),
    );
    if (versions.length === 0) return;
    await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions } }));
  }
}

/** `aws.s3.Bucket` and the settings that are resources of their own. */
export function bucketHandlers(s3: S3Client): readonly ResourceHandler[] {
  const nothingToRemove = async () => {};
  return [
    {
      type: "aws:s3/bucket:Bucket",
      identity: ["bucket"],
      async apply(inputs) {
        const bucket = String(inputs["bucket"]);
        if (!(await bucketExists(s3, bucket))) await s3.send(new CreateBucketCommand({ Bucket: bucket }));
        return { id: bucket, outputs: { ...inputs, arn: `arn:aws:s3:::${bucket}` } };
      },
      exists: ({ id }) => bucketExists(s3, id),
      async remove({ id }, inputs) {
        if (inputs["forceDestroy"] === true) await emptyBucket(s3, id);
        await s3.send(new DeleteBucketCommand({ Bucket: id }));
      },
    },
    {
      type: "aws:s3/bucketVersioning:BucketVersioning",
      identity: ["bucket"],
      async apply(inputs) {
        const bucket = String(inputs["bucket"]);
        const { status } = inputs["versioningConfiguration"] as { status: "Enabled" | "Suspended" };
        await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: status } }));
        return { id: bucket, outputs: inputs };
      },
      remove: nothingToRemove,
    },
    {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      identity: ["bucket"],
      async apply(inputs) {
        const bucket = String(inputs["bucket"]);
        const on = (name: string) => inputs[name] === true;
        await s3.send(
          new PutPublicAccessBlockCommand({
            Bucket: bucket,
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: on("blockPublicAcls"),
              BlockPublicPolicy: on("blockPublicPolicy"),
              IgnorePublicAcls: on("ignorePublicAcls"),
              RestrictPublicBuckets: on("restrictPublicBuckets"),
            },
          }),
        );
        return { id: bucket, outputs: inputs };
      },
      remove: nothingToRemove,
    },
  ];
}
