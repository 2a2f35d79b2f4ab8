import type { IncomingMessage, ServerResponse } from "node:http";
import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { AwsError } from "../wire/aws-error.ts";
import { bodyOf } from "../wire/request-body.ts";
import { answerPolicyStatus, answerSetting, type S3Answer } from "./answer-setting.ts";
import { createBucket, deleteBucket } from "./bucket-lifetime.ts";
import { type BucketRequest, bucketRequest } from "./bucket-request.ts";
import { relay } from "./relay.ts";
import { errorXml, S3Error } from "./s3-error.ts";
import type { SettingStore } from "./setting-store.ts";

export interface BucketEndpointOptions {
  /** The address of moto, which keeps the buckets. */
  readonly moto: string;
  readonly s3: S3Client;
  readonly settings: SettingStore;
  readonly log: (line: string) => void;
}

/** The largest accepted body in bytes. S3's own limits for a bucket's documents are smaller: a policy has at most 20 KB. */
const largestBody = 256 * 1024;

/**
 * Returns a handler for the S3 requests that the endpoint answers itself: those about bucket settings that moto rejects,
 * changes or wrongly enforces. The handler returns true if it answers the request, and false if moto has to answer.
 */
export function bucketEndpoint(options: BucketEndpointOptions) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const own = bucketRequest(request.method ?? "", request.url ?? "");
    if (own === undefined) return false;
    void answerSafely(own, request, options).then((answer) => {
      if (response.destroyed) return;
      const length = answer.status === 204 ? {} : { "content-length": Buffer.byteLength(answer.body ?? "") };
      response.writeHead(answer.status, { ...answer.headers, ...length });
      response.end(answer.body);
    });
    return true;
  };
}

async function answerSafely(own: BucketRequest, request: IncomingMessage, options: BucketEndpointOptions) {
  try {
    return await answer(own, request, options);
  } catch (error) {
    const s3Error = asS3Error(error);
    if (s3Error.status === 500) options.log(`${request.method} ${request.url}: ${(error as Error).stack}`);
    const headers = { "content-type": "application/xml" };
    return { status: s3Error.status, headers, body: errorXml(s3Error, own.bucket) };
  }
}

async function answer(own: BucketRequest, request: IncomingMessage, options: BucketEndpointOptions): Promise<S3Answer> {
  const { moto, s3, settings } = options;
  const body = (await bodyOf(request, largestBody)).toString();
  const call = {
    ...{ s3, settings, body, bucket: own.bucket, method: request.method ?? "", headers: request.headers },
    bucketExists: (bucket: string) => exists(s3, bucket),
    relay: () => relay(moto, request, body),
  };
  switch (own.kind) {
    case "create":
      return createBucket(own.bucket, body, call);
    case "delete":
      return deleteBucket(own.bucket, call);
    case "policy-status":
      return answerPolicyStatus(call);
    case "setting":
      return answerSetting(own.setting, call);
  }
}

async function exists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch {
    return false;
  }
}

function asS3Error(error: unknown): S3Error {
  if (error instanceof S3Error) return error;
  if (error instanceof AwsError) return new S3Error("MaxMessageLengthExceeded", "Your request was too big.");
  return new S3Error(
    "InternalError",
    `The local endpoint failed: ${error instanceof Error ? error.message : error}`,
    500,
  );
}
