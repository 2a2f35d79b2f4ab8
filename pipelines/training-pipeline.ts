import type { JobContext, JsonGet, Parameter, Pipeline, PropertyFile, Step } from "#language";

/** The plain values that a pipeline folder gets from the stack, or from a command that runs without a stack. */
export interface PipelineContext extends JobContext {
  readonly region: string;
  /** The name of the pipeline in SageMaker. */
  readonly pipelineName: string;
  readonly modelPackageGroupName: string;
  /** The S3 URI of the stack's training data. Without it, every execution must give the URI of its data. */
  readonly inputDataUrl?: string;
  readonly ceiling?: number;
  /** An image that replaces the pipeline's default image. */
  readonly image?: string;
  readonly processingInstanceType?: string;
  readonly trainingInstanceType?: string;
  /** The relative tolerance: the fraction of the baseline's metric by which a candidate may be worse. */
  readonly relativeTolerance?: number;
  /** The absolute tolerance, which is added to the relative one, in the metric's unit. */
  readonly absoluteTolerance?: number;
}

/** The rule by which the stack check judges the model of an execution. */
export interface Gate {
  /** The metric's name in reports, such as `MSE`. */
  readonly metric: string;
  /** Whether lower or higher values of the metric are better. */
  readonly direction: "lower" | "higher";
  /** The evaluation. Its `model.sha256` is the hash of the registered model data or of a file in it. */
  readonly evaluation: PropertyFile;
  /** The metric's value in the evaluation. */
  readonly value: JsonGet<number>;
  /**
   * The loss per row whose mean gives the metric, with the name that the evaluation's comparisons use: `squared_error`
   * for MSE, `zero_one_loss` for accuracy. If higher values of the metric are better, the mean loss rises by as much as
   * the metric falls.
   */
  readonly loss: string;
  /** The smallest number of test rows for a verdict. */
  readonly minimumRows: number;
  /** The step that registers the model, and the Fail step for a model that is worse than the ceiling. */
  readonly registerStep: Step;
  readonly ceilingStep: Step;
  /** The worst acceptable value of the metric (a floor if higher is better), and the parameter that changes it. */
  readonly ceiling: number;
  readonly ceilingParameter: Parameter<number>;
  /** The pipeline parameter for the S3 URI of the baseline's model. Its default value means that no baseline exists. */
  readonly baselineParameter: Parameter<string>;
  /** The pipeline parameter for the S3 URI of the best approved model, if it differs from the baseline. */
  readonly bestParameter: Parameter<string>;
  /** The tolerances. A candidate may be worse than the baseline by `relative x baseline + absolute`. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

/** The result of a pipeline folder's `getPipeline(context)`. */
export interface DeclaredPipeline {
  readonly pipeline: Pipeline;
  /** Absent if the pipeline trains no model that the stack check could judge, such as one that scores or prepares data. */
  readonly gate?: Gate;
}

/** A pipeline whose models the stack check judges. */
export interface TrainingPipeline extends DeclaredPipeline {
  readonly gate: Gate;
}

/** Converts a gate to names for the stack outputs, from which the scripts read it. */
export function gateByNames({
  evaluation,
  value,
  registerStep,
  ceilingStep,
  ceilingParameter,
  baselineParameter,
  bestParameter,
  ...rest
}: Gate) {
  return {
    ...rest,
    evaluation: { step: evaluation.step, output: evaluation.output, file: evaluation.path, value: value.path },
    registerStep: registerStep.name,
    ceilingStep: ceilingStep.name,
    ceilingParameter: ceilingParameter.name,
    baselineParameter: baselineParameter.name,
    bestParameter: bestParameter.name,
  };
}

/** The function that a pipeline folder exports. */
export type GetPipeline = (context: PipelineContext) => DeclaredPipeline;
