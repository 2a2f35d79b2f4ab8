import { readFile } from "node:fs/promises";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ResourceHandler } from "../resource-handler.ts";

/** `aws.s3.BucketObjectv2` with a local file as its source. */
export function bucketObjectHandler(s3: S3Client): ResourceHandler {
  return {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    identity: ["bucket", "key"],
    async apply(inputs) {
      const bucket = String(inputs["bucket"]);
      const key = String(inputs["key"]);
      const { path } = inputs["source"] as { path: string };
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(path) }));
      return { id: `${bucket}/${key}`, outputs: inputs };
    },
    async remove(_resource, inputs) {
      await s3.send(new DeleteObjectCommand({ Bucket: String(inputs["bucket"]), Key: String(inputs["key"]) }));
    },
  };
}
