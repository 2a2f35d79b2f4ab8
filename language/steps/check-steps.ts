import { defined } from "../../service-model/defined.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Value } from "../expressions/expression.ts";
import { jobStepData, type TypedJobStep } from "./job-step.ts";
import type { ProcessingArguments } from "./processing-step.ts";
import type { ArgumentTree } from "./step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** The baseline of a quality or Clarify check, and the effect of a violation. */
interface DriftCheckOptions extends CacheableStepOptions {
  /** The request of the check's processing job. */
  readonly arguments: ProcessingArguments;
  readonly assets?: readonly CodeAsset[] | undefined;
  /** The model package group whose latest approved model package holds the baseline. */
  readonly modelPackageGroupName?: Value<string> | undefined;
  /** Whether to calculate a new baseline without comparing it with the old one. Default: false. */
  readonly skipCheck?: Value<boolean> | undefined;
  /** Whether a violation fails the step. Default: true. */
  readonly failOnViolation?: Value<boolean> | undefined;
  /** Whether later steps register the newly calculated baseline instead of the old one. Default: false. */
  readonly registerNewBaseline?: Value<boolean> | undefined;
  /** The S3 URI of the constraints to compare with, instead of those of the model package group. */
  readonly suppliedBaselineConstraints?: Value<string> | undefined;
}

/** The processing job of a quality check, and the baseline for its statistics and constraints. */
export interface QualityCheckStepOptions extends DriftCheckOptions {
  readonly checkType: "DATA_QUALITY" | "MODEL_QUALITY";
  /** The S3 URI of the statistics to compare with, instead of those of the model package group. */
  readonly suppliedBaselineStatistics?: Value<string> | undefined;
}

/** The S3 URIs of the calculated and the used baselines of a quality check. */
export interface QualityCheckDescription {
  CalculatedBaselineStatistics: string;
  CalculatedBaselineConstraints: string;
  BaselineUsedForDriftCheckStatistics: string;
  BaselineUsedForDriftCheckConstraints: string;
}

/** A step whose properties are the S3 URIs of its baselines. */
export type QualityCheckStep = TypedJobStep<"QualityCheck", QualityCheckDescription>;

/** Returns a check of either type with its own members. As in the SageMaker Python SDK, missing ones are null. */
function driftCheckStep<Type extends "QualityCheck" | "ClarifyCheck", Description>(
  type: Type,
  name: string,
  options: DriftCheckOptions & { readonly checkType: string },
  own: ArgumentTree,
): TypedJobStep<Type, Description> {
  const { arguments: request, assets } = options;
  const members = {
    CheckType: options.checkType,
    ModelPackageGroupName: options.modelPackageGroupName ?? null,
    SkipCheck: options.skipCheck ?? false,
    FailOnViolation: options.failOnViolation ?? true,
    RegisterNewBaseline: options.registerNewBaseline ?? false,
    ...own,
  };
  return Object.freeze(jobStepData<Type, Description>(type, name, { arguments: request, members, assets }, options));
}

/**
 * Declares a step that compares the quality of data or of predictions with a baseline. Its short forms are
 * {@link dataQualityCheckStep} and {@link modelQualityCheckStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-quality-check
 */
export function qualityCheckStep(name: string, options: QualityCheckStepOptions): QualityCheckStep {
  return driftCheckStep("QualityCheck", name, options, {
    SuppliedBaselineStatistics: options.suppliedBaselineStatistics ?? null,
    SuppliedBaselineConstraints: options.suppliedBaselineConstraints ?? null,
  });
}

/** The processing job of a Clarify check, its baseline, and the model unless the check is about data only. */
export type ClarifyCheckStepOptions = DriftCheckOptions &
  (
    | { readonly checkType: "DATA_BIAS"; readonly modelName?: never }
    | { readonly checkType: "MODEL_BIAS" | "MODEL_EXPLAINABILITY"; readonly modelName: Value<string> }
  );

/** The S3 URIs of the calculated and the used baselines of a Clarify check. */
export interface ClarifyCheckDescription {
  CalculatedBaselineConstraints: string;
  BaselineUsedForDriftCheckConstraints: string;
}

/** A step whose properties are the S3 URIs of its baselines. */
export type ClarifyCheckStep = TypedJobStep<"ClarifyCheck", ClarifyCheckDescription>;

/**
 * Declares a step that compares bias or feature attributions with a baseline (SageMaker Clarify).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-clarify-check
 */
export function clarifyCheckStep(name: string, options: ClarifyCheckStepOptions): ClarifyCheckStep {
  return driftCheckStep("ClarifyCheck", name, options, {
    SuppliedBaselineConstraints: options.suppliedBaselineConstraints ?? null,
    ...defined({ ModelName: options.modelName }),
  });
}
