import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  NotFound,
  type ObjectIdentifier,
  type ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import type { ResourceHandler, ResourceState } from "../resource-handler.ts";

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

/** A setting of a bucket that is a resource of its own, and goes with it. */
function settingHandler(
  type: string,
  put: (bucket: string, inputs: ResourceState) => Promise<unknown>,
): ResourceHandler {
  return {
    type,
    identity: ["bucket"],
    async apply(inputs) {
      const bucket = String(inputs["bucket"]);
      await put(bucket, inputs);
      return { id: bucket, outputs: inputs };
    },
    remove: async () => {},
  };
}

/** Inputs in Pulumi's spelling as S3's request: `blockPublicAcls` as `BlockPublicAcls`, all the way down. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.charAt(0).toUpperCase() + key.slice(1), capitalized(item)]),
  );
}

/** The settings, each as the request that S3 takes for it. */
function settingHandlers(s3: S3Client): readonly ResourceHandler[] {
  return [
    settingHandler("aws:s3/bucketVersioning:BucketVersioning", (Bucket, { versioningConfiguration }) => {
      const { status } = versioningConfiguration as { status: "Enabled" | "Suspended" };
      return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: status } }));
    }),
    settingHandler("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", (Bucket, { bucket: _, ...block }) =>
      s3.send(
        new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: capitalized(block) as object }),
      ),
    ),
    settingHandler("aws:s3/bucketOwnershipControls:BucketOwnershipControls", (Bucket, { rule }) => {
      const { objectOwnership } = rule as { objectOwnership: ObjectOwnership };
      const OwnershipControls = { Rules: [{ ObjectOwnership: objectOwnership }] };
      return s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
    }),
    settingHandler(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      (Bucket, { rules }) => {
        const list = rules as { applyServerSideEncryptionByDefault: { sseAlgorithm: ServerSideEncryption } }[];
        const Rules = list.map(({ applyServerSideEncryptionByDefault: { sseAlgorithm } }) => ({
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: sseAlgorithm },
        }));
        return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      },
    ),
    // The local endpoint speaks plain HTTP: a policy that refuses it would refuse everything.
    settingHandler("aws:s3/bucketPolicy:BucketPolicy", async () => {}),
    // Nothing here lives as long as a rule waits.
    settingHandler("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", async () => {}),
  ];
}

/** `aws.s3.Bucket` and the settings that are resources of their own. */
export function bucketHandlers(s3: S3Client): readonly ResourceHandler[] {
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
    ...settingHandlers(s3),
  ];
}
