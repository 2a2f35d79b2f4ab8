import { readFile } from "node:fs/promises";
import { DeleteObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { isNotFound } from "../../../service-model/not-found.ts";
import type { ResourceHandler } from "./resource-handler.ts";

/** Returns the handler of `aws.s3.BucketObjectv2` with a local file as its source or a text as its content. */
export function bucketObjectHandler(s3: S3Client): ResourceHandler {
  return {
    type: "aws:s3/bucketObjectv2:BucketObjectv2",
    identity: ["bucket", "key"],
    async apply(inputs) {
      const bucket = String(inputs["bucket"]);
      const key = String(inputs["key"]);
      const { source, content } = inputs as { source?: { path: string }; content?: string };
      const body = source === undefined ? (content ?? "") : await readFile(source.path);
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      return { id: `${bucket}/${key}`, outputs: inputs };
    },
    async remove(_resource, inputs) {
      const command = new DeleteObjectCommand({ Bucket: String(inputs["bucket"]), Key: String(inputs["key"]) });
      await s3.send(command).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    },
  };
}
