import * as S3 from "@aws-sdk/client-s3";
import { type PlayedResource, type ProviderClients, unless } from "./played-resource.ts";
import { bucketTags, tagBucket, untagBucket } from "./s3-control.ts";

type Tags = Readonly<Record<string, string>>;

const toTagSet = (tags: unknown) => Object.entries((tags ?? {}) as Tags).map(([Key, Value]) => ({ Key, Value }));

/**
 * `aws_s3_bucket` of version 6. It sends tags with the creation and later through S3 Control, and reads all settings.
 */
export function playedBucket({ s3, url }: ProviderClients): PlayedResource {
  async function read(Bucket: string) {
    const of = { Bucket };
    const head = await unless(["NotFound"], s3.send(new S3.HeadBucketCommand(of)));
    if (head === undefined) return undefined;
    await unless(["NoSuchBucketPolicy"], s3.send(new S3.GetBucketPolicyCommand(of)));
    const { Grants } = await s3.send(new S3.GetBucketAclCommand(of));
    await unless(["NoSuchCORSConfiguration"], s3.send(new S3.GetBucketCorsCommand(of)));
    await unless(["NoSuchWebsiteConfiguration"], s3.send(new S3.GetBucketWebsiteCommand(of)));
    await s3.send(new S3.GetBucketVersioningCommand(of));
    await s3.send(new S3.GetBucketAccelerateConfigurationCommand(of));
    const { Payer } = await s3.send(new S3.GetBucketRequestPaymentCommand(of));
    await s3.send(new S3.GetBucketLoggingCommand(of));
    await unless(["NoSuchLifecycleConfiguration"], s3.send(new S3.GetBucketLifecycleConfigurationCommand(of)));
    await unless(["ReplicationConfigurationNotFoundError"], s3.send(new S3.GetBucketReplicationCommand(of)));
    const noEncryption = ["ServerSideEncryptionConfigurationNotFoundError"];
    await unless(noEncryption, s3.send(new S3.GetBucketEncryptionCommand(of)));
    await unless(["ObjectLockConfigurationNotFoundError"], s3.send(new S3.GetObjectLockConfigurationCommand(of)));
    const tags = await bucketTags(url, Bucket);
    return { bucket: Bucket, region: head.BucketRegion, payer: Payer, grants: Grants?.length, tags };
  }
  return {
    identity: ["bucket"],
    // The defaults: the region, the payer, and a single grant, which is the owner's.
    readable: ({ bucket, tags = {} }) => ({ bucket, region: "us-east-1", payer: "BucketOwner", grants: 1, tags }),
    read,
    async create({ bucket, tags }) {
      const Bucket = String(bucket);
      const TagSet = toTagSet(tags);
      const CreateBucketConfiguration = TagSet.length === 0 ? {} : { CreateBucketConfiguration: { Tags: TagSet } };
      await s3.send(new S3.CreateBucketCommand({ Bucket, ...CreateBucketConfiguration }));
      return Bucket;
    },
    async update(Bucket, { tags = {} }, last) {
      const gone = Object.keys((last["tags"] ?? {}) as Tags).filter((key) => !Object.hasOwn(tags as Tags, key));
      if (gone.length > 0) await untagBucket(url, Bucket, gone);
      await tagBucket(url, Bucket, tags as Tags);
    },
    async remove(Bucket, { forceDestroy }) {
      const removal = () => unless(["BucketNotEmpty"], s3.send(new S3.DeleteBucketCommand({ Bucket })));
      while ((await removal()) === undefined) {
        if (forceDestroy !== true) throw new Error(`${Bucket} is not empty`);
        await empty(s3, Bucket);
      }
    },
  };
}

/** Deletes all versions page by page, because a bucket can have more of them than fit in one answer. */
async function empty(s3: S3.S3Client, Bucket: string): Promise<void> {
  let markers: Pick<S3.ListObjectVersionsOutput, "NextKeyMarker" | "NextVersionIdMarker" | "IsTruncated"> = {};
  do {
    const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = markers;
    const page = await s3.send(new S3.ListObjectVersionsCommand({ Bucket, MaxKeys: 2, KeyMarker, VersionIdMarker }));
    const versions = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(
      new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true }, ChecksumAlgorithm: "CRC32" }),
    );
    if (Errors.length > 0) throw new Error(`${Bucket} cannot be emptied: ${JSON.stringify(Errors)}`);
    markers = page;
  } while (markers.IsTruncated === true);
}
