import { s3Arn } from "../../service-model/arn.ts";
import { serviceName } from "../../service-model/partition.ts";
import { devStackBackend, type GithubConfiguration } from "../configuration/github-configuration.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";
import { deployPermissions } from "./deploy-permissions.ts";

/**
 * Returns the permissions to deploy, check and destroy dev stacks. They are those of a deploy, for resources with the names of dev
 * stacks only, and with a state of their own. Unlike a deploy, it also deletes the bucket with everything in it.
 *
 * @param any the patterns of the dev stacks' names, with the permissions boundary that their roles must have
 */
export function devStackPermissions(any: AccessedStack, github: GithubConfiguration): readonly PolicyStatement[] {
  const stateBackend = github.stateBackend && devStackBackend(github.stateBackend);
  const bucket = s3Arn(any.bucketName, any.partition);
  const format = (stateBackend ?? "").replace(/^s3:\/\//, "");
  return [
    ...deployPermissions(any, { stateBackend }, { roleArns: [] }),
    // Only for the state's objects. A deploy's role may use the key directly, with which it decrypts secrets of other stacks' files.
    allow(
      "UseKeyOfState",
      ["kms:Decrypt", "kms:GenerateDataKey"],
      github.stateKeyArn === undefined ? [] : [github.stateKeyArn],
      {
        StringEquals: { "kms:ViaService": serviceName("s3", any.region) },
      },
    ),
    // The first command creates the format of the state.
    allow(
      "WriteStateFormat",
      ["s3:PutObject"],
      stateBackend === undefined ? [] : [s3Arn(`${format}/.pulumi/meta.yaml`, any.partition)],
    ),
    allow("UploadData", ["s3:PutObject"], [`${bucket}/*/data/*`]),
    allow("DeleteBucket", ["s3:DeleteBucket", "s3:ListBucketVersions"], [bucket]),
    allow("EmptyBucket", ["s3:DeleteObject", "s3:DeleteObjectVersion"], [`${bucket}/*`]),
  ];
}
