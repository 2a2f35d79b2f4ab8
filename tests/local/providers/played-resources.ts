import { IAMClient } from "@aws-sdk/client-iam";
import type { LocalAws } from "../local-aws.ts";
import { native } from "./aws-native.ts";
import { playedBucket } from "./bucket.ts";
import { bucketObject } from "./bucket-object.ts";
import { bucketSettings } from "./bucket-settings.ts";
import { playedRole, playedRolePolicy } from "./iam-role.ts";
import type { PlayedResource, ProviderClients } from "./played-resource.ts";

export function providerClients(aws: LocalAws): ProviderClients {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { ...aws, iam: new IAMClient({ endpoint: aws.url, region: "us-east-1", credentials }) };
}

/** All resource types of the local stack, with their providers' calls. */
export function playedResources(clients: ProviderClients): Readonly<Record<string, PlayedResource>> {
  return {
    "aws:s3/bucket:Bucket": playedBucket(clients),
    ...bucketSettings(clients),
    "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject(clients),
    "aws:iam/role:Role": playedRole(clients),
    "aws:iam/rolePolicy:RolePolicy": playedRolePolicy(clients),
    "aws-native:sagemaker:Pipeline": native(clients, {
      TypeName: "AWS::SageMaker::Pipeline",
      identity: ["pipelineName"],
      readable: (inputs) => ({ tags: [], pipelineDisplayName: inputs["pipelineName"], ...inputs }),
    }),
    "aws-native:sagemaker:ModelPackageGroup": native(clients, {
      TypeName: "AWS::SageMaker::ModelPackageGroup",
      identity: ["modelPackageGroupName", "modelPackageGroupDescription"],
      readable: (inputs) => ({ tags: [], ...inputs }),
    }),
  };
}
