import { defined } from "../../service-model/defined.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Value } from "../expressions/expression.ts";
import { jobStepData, type TypedJobStep } from "./job-step.ts";
import type { ProcessingArguments } from "./processing-step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** What a check compares with, and what it does about a difference. */
interface DriftCheckOptions extends CacheableStepOptions {
  /** The check's processing job. */
  readonly arguments: ProcessingArguments;
  readonly assets?: readonly CodeAsset[] | undefined;
  /** The group whose latest approved model package has the baseline. */
  readonly modelPackageGroupName?: Value<string> | undefined;
  /** Calculates a new baseline without comparing it with the old one; false. */
  readonly skipCheck?: Value<boolean> | undefined;
  /** Whether a violation fails the step; true. */
  readonly failOnViolation?: Value<boolean> | undefined;
  /** Whether the calculated baseline is what later steps get as the one to register; false. */
  readonly registerNewBaseline?: Value<boolean> | undefined;
  /** S3 URI of constraints to compare with in place of the group's. */
  readonly suppliedBaselineConstraints?: Value<string> | undefined;
}

/** The check's job, and what its statistics and constraints are compared with. */
export interface QualityCheckStepOptions extends DriftCheckOptions {
  readonly checkType: "DATA_QUALITY" | "MODEL_QUALITY";
  /** S3 URI of statistics to compare with in place of the group's. */
  readonly suppliedBaselineStatistics?: Value<string> | undefined;
}

/** What a quality check found: S3 URIs. */
export interface QualityCheckDescription {
  CalculatedBaselineStatistics: string;
  CalculatedBaselineConstraints: string;
  BaselineUsedForDriftCheckStatistics: string;
  BaselineUsedForDriftCheckConstraints: string;
}

/** Its properties are the S3 URIs of the baselines. */
export type QualityCheckStep = TypedJobStep<"QualityCheck", QualityCheckDescription>;

/** The members of both kinds of check; the SageMaker Python SDK writes null where nothing is given. */
function driftCheckMembers(checkType: string, options: DriftCheckOptions) {
  return {
    CheckType: checkType,
    ModelPackageGroupName: options.modelPackageGroupName ?? null,
    SkipCheck: options.skipCheck ?? false,
    FailOnViolation: options.failOnViolation ?? true,
    RegisterNewBaseline: options.registerNewBaseline ?? false,
  };
}

/**
 * A step that compares the quality of data, or of a model's predictions, with a baseline. Short forms of it are
 * {@link dataQualityCheckStep} and {@link modelQualityCheckStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-quality-check
 */
export function qualityCheckStep(name: string, options: QualityCheckStepOptions): QualityCheckStep {
  const { arguments: request, assets, checkType } = options;
  const members = {
    ...driftCheckMembers(checkType, options),
    SuppliedBaselineStatistics: options.suppliedBaselineStatistics ?? null,
    SuppliedBaselineConstraints: options.suppliedBaselineConstraints ?? null,
  };
  return Object.freeze(
    jobStepData<"QualityCheck", QualityCheckDescription>(
      "QualityCheck",
      name,
      { arguments: request, members, assets },
      options,
    ),
  );
}

/** The check's job, and what its constraints are compared with; all but a check of data need a model. */
export type ClarifyCheckStepOptions = DriftCheckOptions &
  (
    | { readonly checkType: "DATA_BIAS"; readonly modelName?: never }
    | { readonly checkType: "MODEL_BIAS" | "MODEL_EXPLAINABILITY"; readonly modelName: Value<string> }
  );

/** What a check of bias or explainability found: S3 URIs. */
export interface ClarifyCheckDescription {
  CalculatedBaselineConstraints: string;
  BaselineUsedForDriftCheckConstraints: string;
}

/** Its properties are the S3 URIs of the baselines. */
export type ClarifyCheckStep = TypedJobStep<"ClarifyCheck", ClarifyCheckDescription>;

/**
 * A step that compares bias or feature attributions with a baseline (SageMaker Clarify).
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-clarify-check
 */
export function clarifyCheckStep(name: string, options: ClarifyCheckStepOptions): ClarifyCheckStep {
  const { arguments: request, assets, checkType, modelName } = options;
  const members = {
    ...driftCheckMembers(checkType, options),
    SuppliedBaselineConstraints: options.suppliedBaselineConstraints ?? null,
    ...defined({ ModelName: modelName }),
  };
  return Object.freeze(
    jobStepData<"ClarifyCheck", ClarifyCheckDescription>(
      "ClarifyCheck",
      name,
      { arguments: request, members, assets },
      options,
    ),
  );
}
