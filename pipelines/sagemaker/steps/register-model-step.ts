import type {
  CreateModelPackageInput,
  DescribeModelPackageOutput,
  ModelApprovalStatus,
  ProductionVariantInstanceType,
  TransformInstanceType,
} from "@aws-sdk/client-sagemaker";
import type { Expressible, Value } from "../expression.ts";
import { type Properties, properties } from "../property.ts";
import type { JobStep, StepOptions } from "./step.ts";

export type RegisterModelArguments = Expressible<Omit<CreateModelPackageInput, "ModelPackageName" | "ClientToken">>;

export interface RegisterModelOptions extends StepOptions {
  readonly group: string;
  readonly approvalStatus: Expressible<ModelApprovalStatus>;
  readonly image: Value<string>;
  /** S3 URI of the `model.tar.gz`. */
  readonly model: Value<string>;
  readonly contentTypes: readonly string[];
  readonly responseTypes: readonly string[];
  readonly realtimeInstanceTypes?: readonly Expressible<ProductionVariantInstanceType>[];
  readonly transformInstanceTypes?: readonly Expressible<TransformInstanceType>[];
  /** S3 URI of a JSON file with the model's quality, kept with the package. */
  readonly qualityStatistics?: Value<string>;
}

export interface RegisterModelStep extends JobStep {
  readonly type: "RegisterModel";
  readonly properties: Properties<DescribeModelPackageOutput>;
}

/**
 * A step that registers a model as a new version in a model package group.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-register-model
 */
export function registerModelStep(name: string, options: RegisterModelOptions): RegisterModelStep {
  const { group, approvalStatus, image, model, contentTypes, responseTypes, ...rest } = options;
  const { realtimeInstanceTypes, transformInstanceTypes, qualityStatistics, ...stepOptions } = rest;
  const request: RegisterModelArguments = {
    ModelPackageGroupName: group,
    ...(qualityStatistics === undefined
      ? {}
      : {
          ModelMetrics: { ModelQuality: { Statistics: { ContentType: "application/json", S3Uri: qualityStatistics } } },
        }),
    InferenceSpecification: {
      Containers: [{ Image: image, ModelDataUrl: model }],
      SupportedContentTypes: contentTypes,
      SupportedResponseMIMETypes: responseTypes,
      ...(realtimeInstanceTypes === undefined
        ? {}
        : { SupportedRealtimeInferenceInstanceTypes: realtimeInstanceTypes }),
      ...(transformInstanceTypes === undefined ? {} : { SupportedTransformInstanceTypes: transformInstanceTypes }),
    },
    ModelApprovalStatus: approvalStatus,
  };
  return Object.freeze({
    kind: "step",
    type: "RegisterModel",
    name,
    arguments: request,
    options: stepOptions,
    properties: properties<DescribeModelPackageOutput>(name),
  });
}
