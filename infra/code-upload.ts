import { BucketObjectv2 } from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { CodeAsset } from "#language";
import { sourceArchive } from "./source-archive.ts";

export interface CodeUploadArgs {
  readonly bucketName: pulumi.Input<string>;
  readonly assets: readonly CodeAsset[];
}

/**
 * The local files of a pipeline, each under the address that the definition names. An address follows from the
 * content, so a changed file is a new object; the old one stays for executions that were started with it.
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

/** What an object is made of: a file, an archive that is made now, or a text. */
function content(asset: CodeAsset): { source: pulumi.asset.Asset } | { content: string } {
  switch (asset.kind) {
    case "file":
      return { source: new pulumi.asset.FileAsset(asset.localPath) };
    case "folder":
      return { source: new pulumi.asset.FileAsset(sourceArchive(asset)) };
    case "text":
      return { content: asset.text };
  }
}
