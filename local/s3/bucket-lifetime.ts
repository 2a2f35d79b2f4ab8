import { DeleteBucketTaggingCommand, PutBucketTaggingCommand, type S3Client } from "@aws-sdk/client-s3";
import { contents, unescaped } from "../wire/xml.ts";
import type { S3Answer } from "./answer-setting.ts";
import type { SettingStore } from "./setting-store.ts";

interface Lifetime {
  readonly settings: SettingStore;
  readonly s3: S3Client;
  readonly bucketExists: (bucket: string) => Promise<boolean>;
  /** Sends the request to moto and returns moto's answer. */
  readonly relay: () => Promise<S3Answer>;
}

/**
 * Creates a bucket and sets the tags in the request. Moto ignores tags in CreateBucket, but Terraform's provider sends them
 * there and expects to read them back.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export async function createBucket(bucket: string, body: string, call: Lifetime): Promise<S3Answer> {
  const isNew = !(await call.bucketExists(bucket));
  // Settings of an earlier bucket remain if the endpoint was killed after it deleted the bucket and before it deleted them.
  if (isNew) call.settings.deleteAll(bucket);
  const TagSet = contents(contents(body, "Tags")[0] ?? "", "Tag").map((tag) => ({
    Key: unescaped(contents(tag, "Key")[0] ?? ""),
    Value: unescaped(contents(tag, "Value")[0] ?? ""),
  }));
  const answer = await call.relay();
  if (answer.status !== 200) return answer;
  if (TagSet.length > 0) await call.s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } }));
  // Moto still has the tags of a deleted bucket of the same name.
  else if (isNew) await call.s3.send(new DeleteBucketTaggingCommand({ Bucket: bucket }));
  return answer;
}

/** Deletes a bucket and, if moto deleted it, the settings that the endpoint keeps for it. */
export async function deleteBucket(bucket: string, call: Pick<Lifetime, "settings" | "relay">): Promise<S3Answer> {
  const answer = await call.relay();
  if (answer.status === 204) call.settings.deleteAll(bucket);
  return answer;
}
