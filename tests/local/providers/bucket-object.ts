import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as S3 from "@aws-sdk/client-s3";
import { type Inputs, type PlayedResource, type ProviderClients, unless } from "./played-resource.ts";

const content = ({ source, content }: Inputs) =>
  source === undefined ? Buffer.from(String(content)) : readFileSync((source as { path: string }).path);

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

/** Terraform's `aws_s3_object`. It uploads with a trailing CRC32, reads tags, and deletes all versions. */
export function bucketObject({ s3 }: ProviderClients): PlayedResource {
  const address = (id: string) => {
    const [Bucket = "", ...key] = id.split("/");
    return { Bucket, Key: key.join("/") };
  };
  const put = async (inputs: Inputs) => {
    const Body = content(inputs);
    const to = { Bucket: String(inputs["bucket"]), Key: String(inputs["key"]) };
    await s3.send(
      new S3.PutObjectCommand({ ...to, Body, ChecksumAlgorithm: "CRC32", ContentType: "binary/octet-stream" }),
    );
    return `${to.Bucket}/${to.Key}`;
  };
  return {
    identity: ["bucket", "key"],
    readable: (inputs) => ({ bucket: inputs["bucket"], key: inputs["key"], etag: md5(content(inputs)), tags: 0 }),
    create: put,
    async read(id) {
      const { Bucket, Key } = address(id);
      const call = s3.send(new S3.HeadObjectCommand({ Bucket, Key, ChecksumMode: "ENABLED" }));
      const head = await unless(["NotFound"], call);
      if (head === undefined) return undefined;
      const { TagSet } = await s3.send(new S3.GetObjectTaggingCommand({ Bucket, Key }));
      return { bucket: Bucket, key: Key, etag: head.ETag?.replaceAll('"', ""), tags: TagSet?.length };
    },
    async update(_id, inputs) {
      await put(inputs);
    },
    async remove(id) {
      const { Bucket, Key } = address(id);
      const { Versions = [], DeleteMarkers = [] } = await s3.send(
        new S3.ListObjectVersionsCommand({ Bucket, Prefix: Key }),
      );
      for (const { VersionId } of [...Versions, ...DeleteMarkers].filter((version) => version.Key === Key)) {
        await s3.send(new S3.DeleteObjectCommand({ Bucket, Key, VersionId }));
      }
    },
  };
}
