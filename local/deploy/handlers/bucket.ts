import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  PutBucketTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { s3Arn } from "../../../service-model/arn.ts";
import { isNotFound } from "../../../service-model/not-found.ts";
import { awsTags } from "./aws-tags.ts";
import { settingHandlers } from "./bucket-settings.ts";
import type { ResourceHandler } from "./resource-handler.ts";

async function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

/** Deletes every version of every object, a page at a time, because S3 deletes only empty buckets. */
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

/** Returns the handlers of `aws.s3.Bucket` and of the bucket settings that are separate resources. */
export function bucketHandlers(s3: S3Client): readonly ResourceHandler[] {
  return [
    {
      type: "aws:s3/bucket:Bucket",
      identity: ["bucket"],
      async apply(inputs) {
        const bucket = String(inputs["bucket"]);
        if (!(await bucketExists(s3, bucket))) await s3.send(new CreateBucketCommand({ Bucket: bucket }));
        const TagSet = awsTags(inputs);
        if (TagSet.length === 0) await s3.send(new DeleteBucketTaggingCommand({ Bucket: bucket }));
        else await s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }));
        return { id: bucket, outputs: { ...inputs, arn: s3Arn(bucket) } };
      },
      exists: ({ id }) => bucketExists(s3, id),
      async remove({ id }, inputs) {
        if (inputs["forceDestroy"] === true) await emptyBucket(s3, id);
        await s3.send(new DeleteBucketCommand({ Bucket: id }));
      },
    },
    ...settingHandlers(s3),
  ];
}
