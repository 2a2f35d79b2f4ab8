import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import * as pulumi from "@pulumi/pulumi";
import type { CodeAsset } from "#language";
import { bytesFile } from "./bytes-file.ts";
import { sourceArchive } from "./source-archive.ts";

export interface CodeUploadArgs {
  readonly bucketName: pulumi.Input<string>;
  readonly assets: readonly CodeAsset[];
}

/**
 * Uploads the local files of a pipeline to the S3 keys that its definition names. A key contains the content's hash, so a
 * changed file becomes a new object. The old object stays for executions that started with it.
 */
export class CodeUpload extends pulumi.ComponentResource {
  constructor(name: string, { bucketName, assets }: CodeUploadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("training:infra:CodeUpload", name, {}, opts);
    for (const asset of assets)
      new BucketObjectv2(
        `${name}/${asset.key}`,
        { bucket: bucketName, key: asset.key, ...content(asset) },
        { parent: this, retainOnDelete: true },
      );
    this.registerOutputs({});
  }
}

/** Returns the content of an object: a file, a new archive of a folder, a text, or bytes. */
function content(asset: CodeAsset): { source: pulumi.asset.Asset } | { content: string } {
  switch (asset.kind) {
    case "file":
      return { source: new pulumi.asset.FileAsset(asset.localPath) };
    case "folder":
      return { source: new pulumi.asset.FileAsset(sourceArchive(asset)) };
    case "text":
      return { content: asset.text };
    case "bytes":
      return { source: new pulumi.asset.FileAsset(bytesFile(asset)) };
  }
}
