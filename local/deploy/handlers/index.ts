import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { bucketHandlers } from "./bucket.ts";
import { bucketObjectHandler } from "./bucket-object.ts";
import { cloudControlHandler } from "./cloud-control.ts";
import { roleHandlers } from "./iam-role.ts";
import { deleteModels } from "./registered-models.ts";
import type { ResourceHandler } from "./resource-handler.ts";

/** The stack that handlers make resources for. */
export interface HandledStack {
  readonly account: string;
  readonly region: string;
  /** Whether the stack's configuration lets registered models be deleted together with their group (`forceDestroy`). */
  readonly losesModels: boolean;
}

/** The handlers of every type that the local stack registers; clients follow the AWS SDK's environment variables. */
export function resourceHandlers({ account, region, losesModels }: HandledStack): ReadonlyMap<string, ResourceHandler> {
  const s3 = new S3Client({ region });
  const cloudControl = new CloudControlClient({ region });
  const sagemaker = new SageMakerClient({ region });
  const handlers = [
    ...bucketHandlers(s3),
    bucketObjectHandler(s3),
    ...roleHandlers(new IAMClient({ region })),
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
      ...(losesModels ? { empty: (name: string) => deleteModels(sagemaker, name) } : {}),
    }),
  ];
  return new Map(handlers.map((handler) => [handler.type, handler]));
}
