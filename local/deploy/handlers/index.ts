import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import type { ResourceHandler } from "../resource-handler.ts";
import { bucketHandlers } from "./bucket.ts";
import { bucketObjectHandler } from "./bucket-object.ts";
import { cloudControlHandler } from "./cloud-control.ts";
import { roleHandlers } from "./iam-role.ts";

/** The handlers of every type that the local stack registers; clients follow the AWS SDK's environment variables. */
export function resourceHandlers(account: string, region: string): ReadonlyMap<string, ResourceHandler> {
  const s3 = new S3Client();
  const cloudControl = new CloudControlClient();
  const handlers = [
    ...bucketHandlers(s3),
    bucketObjectHandler(s3),
    ...roleHandlers(new IAMClient()),
    cloudControlHandler(cloudControl, {
      type: "aws-native:sagemaker:Pipeline",
      typeName: "AWS::SageMaker::Pipeline",
      nameInput: "pipelineName",
      optional: ["PipelineDisplayName", "PipelineDescription", "ParallelismConfiguration", "Tags"],
      identifier: (name) => name,
    }),
    cloudControlHandler(cloudControl, {
      type: "aws-native:sagemaker:ModelPackageGroup",
      typeName: "AWS::SageMaker::ModelPackageGroup",
      nameInput: "modelPackageGroupName",
      optional: ["Tags"],
      identifier: (name) => `arn:aws:sagemaker:${region}:${account}:model-package-group/${name.toLowerCase()}`,
    }),
  ];
  return new Map(handlers.map((handler) => [handler.type, handler]));
}
