import type {
  CreateModelPackageInput,
  DescribeModelPackageOutput,
  ModelPackageContainerDefinition,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { Value } from "../expressions/expression.ts";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import { type DriftBaselines, driftCheckBaselines, type ModelMetricSources, modelMetrics } from "./model-metrics.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";
import type { RetryableStepOptions } from "./step-options.ts";

/** The arguments of `CreateModelPackage`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html */
export type RegisterModelArguments = JobArguments<Omit<CreateModelPackageInput, "ClientToken">, "ModelPackageName">;

/** A step whose properties have the shape of `DescribeModelPackage`. */
export type RegisterModelStep = TypedJobStep<"RegisterModel", DescribeModelPackageOutput>;

/**
 * Declares a step that registers a model as a new version in a model package group. Its arguments are those of the API.
 * Its short form is {@link registerModelVersionStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-register-model
 */
export function registerModelStep(
  name: string,
  options: WithArguments<RegisterModelArguments, RetryableStepOptions>,
): RegisterModelStep {
  return plainJobStep("RegisterModel", name, options);
}

type InferenceSpecification = NonNullable<CreateModelPackageInput["InferenceSpecification"]>;

/** The model, its model package group, its metrics and its baselines. */
export type RegisterModelVersionOptions = RetryableStepOptions & {
  readonly group: Value<string>;
  readonly approvalStatus: Expressible<NonNullable<CreateModelPackageInput["ModelApprovalStatus"]>>;
  readonly contentTypes: readonly Value<string>[];
  readonly responseTypes: readonly Value<string>[];
  readonly realtimeInstanceTypes?: Expressible<
    NonNullable<InferenceSpecification["SupportedRealtimeInferenceInstanceTypes"]>
  >;
  readonly transformInstanceTypes?: Expressible<NonNullable<InferenceSpecification["SupportedTransformInstanceTypes"]>>;
  /** Files on S3 with the model's metrics, which the model package refers to. */
  readonly metrics?: ModelMetricSources;
  /** Files on S3 with baselines for later quality and Clarify checks. */
  readonly driftBaselines?: DriftBaselines;
  /** More members of the request. They override the members built from the other options. */
  readonly request?: RequestOverride<CreateModelPackageInput>;
} & (
    | {
        readonly image: Value<string>;
        /** The S3 URI of the `model.tar.gz`. */
        readonly model: Value<string>;
        /** The environment variables of the container. */
        readonly environment?: { readonly [name: string]: Value<string> };
        readonly containers?: never;
      }
    | {
        /** The containers of a serial inference pipeline, in their order. */
        readonly containers: readonly ExpressibleObject<ModelPackageContainerDefinition>[];
        readonly image?: never;
        readonly model?: never;
        readonly environment?: never;
      }
  );

/** Declares a step that registers a model version. It is the short form of {@link registerModelStep}. */
export function registerModelVersionStep(name: string, options: RegisterModelVersionOptions): RegisterModelStep {
  const { group, approvalStatus, image, model, containers, contentTypes, responseTypes, request, ...rest } = options;
  const { realtimeInstanceTypes, transformInstanceTypes, metrics, driftBaselines, environment, ...stepOptions } = rest;
  const registration: RegisterModelArguments = {
    ModelPackageGroupName: group,
    ...defined({
      ModelMetrics: metrics && modelMetrics(metrics),
      DriftCheckBaselines: driftBaselines && driftCheckBaselines(driftBaselines),
    }),
    InferenceSpecification: {
      Containers: containers ?? [{ Image: image, ...defined({ Environment: environment }), ModelDataUrl: model }],
      SupportedContentTypes: contentTypes,
      SupportedResponseMIMETypes: responseTypes,
      ...defined({
        SupportedRealtimeInferenceInstanceTypes: realtimeInstanceTypes,
        SupportedTransformInstanceTypes: transformInstanceTypes,
      }),
    },
    ModelApprovalStatus: approvalStatus,
  };
  return registerModelStep(name, { ...stepOptions, arguments: withOverride(registration, request) });
}
