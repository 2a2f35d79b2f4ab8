import assert from "node:assert/strict";
import * as S3 from "@aws-sdk/client-s3";
import {
  asInputs,
  asRequest,
  type Inputs,
  type PlayedResource,
  type ProviderClients,
  unless,
} from "./played-resource.ts";

interface Setting {
  put(Bucket: string, inputs: Inputs): Promise<unknown>;
  /** @returns the setting, or undefined if it is not set */
  get(Bucket: string): Promise<Inputs | undefined>;
  remove(Bucket: string): Promise<unknown>;
  readable?(inputs: Inputs): Inputs;
}

/** Returns a bucket setting as a resource. Create and delete wait until a read shows the change. */
function setting({ put, get, remove, readable = (inputs) => inputs }: Setting): PlayedResource {
  const bring = async (Bucket: string, inputs: Inputs) => {
    await put(Bucket, inputs);
    assert.ok((await get(Bucket)) !== undefined, "the stored setting cannot be read");
  };
  return {
    identity: ["bucket"],
    readable: ({ bucket, ...inputs }) => ({ bucket, ...readable(inputs) }),
    async create(inputs) {
      const Bucket = String(inputs["bucket"]);
      await bring(Bucket, inputs);
      return Bucket;
    },
    async read(Bucket) {
      const inputs = await get(Bucket);
      return inputs === undefined ? undefined : { bucket: Bucket, ...inputs };
    },
    update: bring,
    async remove(Bucket) {
      await remove(Bucket);
    },
  };
}

type Rule = { bucketKeyEnabled?: boolean };

/** The bucket settings that are separate resources, by type. */
export function bucketSettings({ s3 }: ProviderClients): Readonly<Record<string, PlayedResource>> {
  return {
    "aws:s3/bucketVersioning:BucketVersioning": setting({
      put: (Bucket, { versioningConfiguration }) =>
        s3.send(
          new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: asRequest(versioningConfiguration) }),
        ),
      async get(Bucket) {
        const { Status } = await s3.send(new S3.GetBucketVersioningCommand({ Bucket }));
        return Status === undefined ? undefined : { versioningConfiguration: { status: Status } };
      },
      remove: (Bucket) =>
        s3.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } })),
    }),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting({
      put: (Bucket, { bucket: _, ...block }) =>
        s3.send(new S3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: asRequest(block) })),
      async get(Bucket) {
        const call = s3.send(new S3.GetPublicAccessBlockCommand({ Bucket }));
        const answer = await unless(["NoSuchPublicAccessBlockConfiguration"], call);
        return asInputs(answer?.PublicAccessBlockConfiguration) as Inputs | undefined;
      },
      remove: (Bucket) => s3.send(new S3.DeletePublicAccessBlockCommand({ Bucket })),
    }),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting({
      put: (Bucket, { rule }) =>
        s3.send(new S3.PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [asRequest(rule)] } })),
      async get(Bucket) {
        const call = s3.send(new S3.GetBucketOwnershipControlsCommand({ Bucket }));
        const rules = (await unless(["OwnershipControlsNotFoundError"], call))?.OwnershipControls?.Rules;
        return rules && { rule: asInputs(rules[0]) };
      },
      remove: (Bucket) => s3.send(new S3.DeleteBucketOwnershipControlsCommand({ Bucket })),
    }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting({
      put: (Bucket, { rules }) => {
        const Rules = (rules as Rule[]).map(({ bucketKeyEnabled = false, ...rule }) => {
          const { ApplyServerSideEncryptionByDefault: sse } = asRequest(rule) as Record<string, Record<string, never>>;
          const { KmsMasterKeyId, SseAlgorithm } = sse ?? {};
          return {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: SseAlgorithm, KMSMasterKeyID: KmsMasterKeyId },
            BucketKeyEnabled: bucketKeyEnabled,
          };
        });
        return s3.send(new S3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      },
      async get(Bucket) {
        const call = s3.send(new S3.GetBucketEncryptionCommand({ Bucket }));
        const answer = await unless(["ServerSideEncryptionConfigurationNotFoundError"], call);
        const rules = answer?.ServerSideEncryptionConfiguration?.Rules?.map((rule) => ({
          applyServerSideEncryptionByDefault: withoutUndefined({
            sseAlgorithm: rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
            kmsMasterKeyId: rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
          }),
          bucketKeyEnabled: rule.BucketKeyEnabled,
        }));
        return rules && { rules };
      },
      remove: (Bucket) => s3.send(new S3.DeleteBucketEncryptionCommand({ Bucket })),
      readable: ({ rules }) => ({ rules: (rules as Rule[]).map((rule) => ({ bucketKeyEnabled: false, ...rule })) }),
    }),
    "aws:s3/bucketPolicy:BucketPolicy": setting({
      put: (Bucket, { policy }) => s3.send(new S3.PutBucketPolicyCommand({ Bucket, Policy: String(policy) })),
      async get(Bucket) {
        const call = s3.send(new S3.GetBucketPolicyCommand({ Bucket }));
        const answer = await unless(["NoSuchBucketPolicy"], call);
        return answer && { policy: answer.Policy };
      },
      remove: (Bucket) => s3.send(new S3.DeleteBucketPolicyCommand({ Bucket })),
    }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting({
      put: (Bucket, { rules, transitionDefaultMinimumObjectSize = "all_storage_classes_128K" }) =>
        s3.send(
          new S3.PutBucketLifecycleConfigurationCommand({
            Bucket,
            TransitionDefaultMinimumObjectSize: transitionDefaultMinimumObjectSize as "all_storage_classes_128K",
            LifecycleConfiguration: { Rules: asRequest(rules) },
          }),
        ),
      async get(Bucket) {
        const call = s3.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket }));
        const answer = await unless(["NoSuchLifecycleConfiguration"], call);
        const { Rules: rules, TransitionDefaultMinimumObjectSize: transitionDefaultMinimumObjectSize } = answer ?? {};
        return rules && { rules: asInputs(rules), transitionDefaultMinimumObjectSize };
      },
      remove: (Bucket) => s3.send(new S3.DeleteBucketLifecycleCommand({ Bucket })),
      readable: (inputs) => ({ transitionDefaultMinimumObjectSize: "all_storage_classes_128K", ...inputs }),
    }),
    "aws:s3/bucketLogging:BucketLogging": setting({
      put: (Bucket, { bucket: _, ...enabled }) =>
        s3.send(
          new S3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled: asRequest(enabled) } }),
        ),
      async get(Bucket) {
        const { LoggingEnabled } = await s3.send(new S3.GetBucketLoggingCommand({ Bucket }));
        return asInputs(LoggingEnabled) as Inputs | undefined;
      },
      remove: (Bucket) => s3.send(new S3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
    }),
  };
}

function withoutUndefined(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
