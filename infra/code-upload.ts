import { BucketObjectv2 } from "@pulumi/aws/s3/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { CodeAsset } from "../pipelines/sagemaker/index.ts";

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
    for (const { key, localPath } of assets)
      new BucketObjectv2(
        `${name}/${key}`,
        { bucket: bucketName, key, source: new pulumi.asset.FileAsset(localPath) },
        { parent: this, retainOnDelete: true },
      );
    this.registerOutputs({});
  }
}
