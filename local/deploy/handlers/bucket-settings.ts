import {
  type BucketLifecycleConfiguration,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  type ObjectOwnership,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { isNotFound } from "../../../service-model/not-found.ts";
import type { ResourceHandler, ResourceState } from "./resource-handler.ts";

/** Returns the handler of a bucket setting that is a separate resource. Removing it from a deleted bucket does nothing. */
function settingHandler(
  type: string,
  put: (bucket: string, inputs: ResourceState) => Promise<unknown>,
  remove: (bucket: string) => Promise<unknown>,
): ResourceHandler {
  return {
    type,
    identity: ["bucket"],
    async apply(inputs) {
      const bucket = String(inputs["bucket"]);
      await put(bucket, inputs);
      return { id: bucket, outputs: inputs };
    },
    async remove({ id }) {
      try {
        await remove(id);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

/** Changes Pulumi's key names to S3's at every level, such as `blockPublicAcls` to `BlockPublicAcls`. */
function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key === "id" ? "ID" : key.charAt(0).toUpperCase() + key.slice(1),
      capitalized(item),
    ]),
  );
}

interface EncryptionRule {
  readonly applyServerSideEncryptionByDefault: {
    readonly sseAlgorithm: ServerSideEncryption;
    readonly kmsMasterKeyId?: string;
  };
  readonly bucketKeyEnabled?: boolean;
}

/** Returns a handler for each bucket setting. */
export function settingHandlers(s3: S3Client): readonly ResourceHandler[] {
  return [
    settingHandler(
      "aws:s3/bucketVersioning:BucketVersioning",
      (Bucket, { versioningConfiguration }) => {
        const { status } = versioningConfiguration as { status: "Enabled" | "Suspended" };
        return s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: status } }));
      },
      // S3 cannot turn versioning off again; it can only suspend it.
      (Bucket) => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } })),
    ),
    settingHandler(
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      (Bucket, { bucket: _, ...block }) =>
        s3.send(
          new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: capitalized(block) as object }),
        ),
      (Bucket) => s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
    ),
    settingHandler(
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      (Bucket, { rule }) => {
        const { objectOwnership } = rule as { objectOwnership: ObjectOwnership };
        const OwnershipControls = { Rules: [{ ObjectOwnership: objectOwnership }] };
        return s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }));
      },
      (Bucket) => s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
    ),
    settingHandler(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      (Bucket, { rules }) => {
        const Rules = (rules as readonly EncryptionRule[]).map(
          ({ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId }, bucketKeyEnabled }) => ({
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: sseAlgorithm, KMSMasterKeyID: kmsMasterKeyId },
            BucketKeyEnabled: bucketKeyEnabled,
          }),
        );
        return s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
      },
      (Bucket) => s3.send(new DeleteBucketEncryptionCommand({ Bucket })),
    ),
    settingHandler(
      "aws:s3/bucketPolicy:BucketPolicy",
      (Bucket, { policy }) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: String(policy) })),
      (Bucket) => s3.send(new DeleteBucketPolicyCommand({ Bucket })),
    ),
    settingHandler(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      (Bucket, { rules }) => {
        const LifecycleConfiguration = { Rules: capitalized(rules) } as BucketLifecycleConfiguration;
        return s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration }));
      },
      (Bucket) => s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
    ),
    settingHandler(
      "aws:s3/bucketLogging:BucketLogging",
      (Bucket, { targetBucket, targetPrefix }) => {
        const LoggingEnabled = { TargetBucket: String(targetBucket), TargetPrefix: String(targetPrefix) };
        return s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
      },
      (Bucket) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
    ),
  ];
}
