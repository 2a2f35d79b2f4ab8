import { DeleteBucketTaggingCommand, PutBucketTaggingCommand, type S3Client } from "@aws-sdk/client-s3";
import { contents, unescaped } from "../wire/xml.ts";
import type { S3Answer } from "./answer-setting.ts";
import type { SettingStore } from "./setting-store.ts";

interface Lifetime {
  readonly settings: SettingStore;
  readonly s3: S3Client;
  readonly bucketExists: (bucket: string) => Promise<boolean>;
  /** What moto answers to the request. */
  readonly relay: () => Promise<S3Answer>;
}

/**
 * Creates a bucket with the tags that its creation names, which moto passes over: Terraform's provider sends them so, and
 * would find them missing.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export async function createBucket(bucket: string, body: string, call: Lifetime): Promise<S3Answer> {
  const isNew = !(await call.bucketExists(bucket));
  // A kill between a bucket's deletion and its settings' may have left these.
  if (isNew) call.settings.deleteAll(bucket);
  const TagSet = contents(contents(body, "Tags")[0] ?? "", "Tag").map((tag) => ({
    Key: unescaped(contents(tag, "Key")[0] ?? ""),
    Value: unescaped(contents(tag, "Value")[0] ?? ""),
  }));
  const answer = await call.relay();
  if (answer.status !== 200) return answer;
  if (TagSet.length > 0) await call.s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }));
  // Moto has the tags of a deleted bucket of the same name still.
  else if (isNew) await call.s3.send(new DeleteBucketTaggingCommand({ Bucket: bucket }));
  return answer;
}

/** Deletes a bucket and, when moto did, the settings that moto does not know. */
export async function deleteBucket(bucket: string, call: Pick<Lifetime, "settings" | "relay">): Promise<S3Answer> {
  const answer = await call.relay();
  if (answer.status === 204) call.settings.deleteAll(bucket);
  return answer;
}
