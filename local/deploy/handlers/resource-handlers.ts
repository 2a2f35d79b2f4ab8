import { CloudControlClient } from "@aws-sdk/client-cloudcontrol";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { bucketHandlers } from "./bucket.ts";
import { bucketObjectHandler } from "./bucket-object.ts";
import { cloudControlHandler } from "./cloud-control.ts";
import { deleteModelPackages } from "./delete-model-packages.ts";
import { policyHandlers } from "./iam-policy.ts";
import { roleHandlers } from "./iam-role.ts";
import type { ResourceHandler } from "./resource-handler.ts";

/** The stack whose resources the handlers manage. */
export interface HandledStack {
  readonly account: string;
  readonly region: string;
  /** Whether registered models are deleted together with their model package group (configuration key `forceDestroy`). */
  readonly losesModels: boolean;
}

/**
 * Returns the handlers of every resource type that the local stack registers, by type. The AWS SDK's environment variables
 * lead its clients to the local endpoint.
 */
export function resourceHandlers({ account, region, losesModels }: HandledStack): ReadonlyMap<string, ResourceHandler> {
  const s3 = new S3Client({ region });
  const cloudControl = new CloudControlClient({ region });
  const iam = new IAMClient({ region });
  const sagemaker = new SageMakerClient({ region });
  const handlers = [
    ...bucketHandlers(s3),
    bucketObjectHandler(s3),
    ...roleHandlers(iam),
    ...policyHandlers(iam, account),
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
      identifier: (name) => `arn:aws:sagemaker:${region}:${account}:model-package-group/${name}`,
      ...(losesModels ? { empty: (name: string) => deleteModelPackages(sagemaker, name) } : {}),
    }),
  ];
  return new Map(handlers.map((handler) => [handler.type, handler]));
}
