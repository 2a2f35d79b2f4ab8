import type { JobContext, JsonGet, Parameter, Pipeline, PropertyFile, Step } from "#language";

/** What a pipeline folder is given: plain values, chosen by the stack (or by a command without one). */
export interface PipelineContext extends JobContext {
  readonly region: string;
  /** The pipeline's own name in SageMaker. */
  readonly pipelineName: string;
  readonly modelPackageGroupName: string;
  /** S3 URI of the training data if the stack has one; without it every execution has to name its data. */
  readonly inputDataUrl?: string;
  readonly ceiling?: number;
  /** An image in place of the pipeline's own. */
  readonly image?: string;
  readonly processingInstanceType?: string;
  readonly trainingInstanceType?: string;
  /** Fraction of the baseline's metric that a candidate may be worse by. */
  readonly relativeTolerance?: number;
  /** What a candidate may be worse by besides, in the metric's unit. */
  readonly absoluteTolerance?: number;
}

/** How the stack check judges what an execution of the pipeline made. */
export interface Gate {
  /** The metric's name for people, such as `MSE`. */
  readonly metric: string;
  /** Which values are better. */
  readonly direction: "lower" | "higher";
  /** Where the evaluation is. Its `model.sha256` is that of a file of the registered model data, or of these themselves. */
  readonly evaluation: PropertyFile;
  /** The metric's value in it. */
  readonly value: JsonGet<number>;
  /**
   * The loss of a single row that is averaged in the metric, as the evaluation's comparisons name it: `squared_error` of
   * MSE, `zero_one_loss` of accuracy. Where more is better, the mean loss rises as the metric falls, by as much.
   */
  readonly loss: string;
  /** With fewer test rows there is no verdict. */
  readonly minimumRows: number;
  /** The step that registers the model, and the one that fails the execution of a model beyond the ceiling. */
  readonly registerStep: Step;
  readonly ceilingStep: Step;
  /** The worst value that is good enough without any comparison (a floor, where more is better), and its parameter. */
  readonly ceiling: number;
  readonly ceilingParameter: Parameter<number>;
  /** The pipeline parameter that takes the S3 URI of the baseline's model; where there is none, its default stands. */
  readonly baselineParameter: Parameter<string>;
  /** The same for the best model that was ever approved, where that is another one. */
  readonly bestParameter: Parameter<string>;
  /** How much worse than the baseline is still good: `relative x baseline + absolute`, in the metric's unit. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

/** What `getPipeline(context)` of a pipeline folder returns. */
export interface TrainingPipeline {
  readonly pipeline: Pipeline;
  readonly gate: Gate;
}

/** The gate as scripts know it, in the outputs of a stack: by names. */
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

export type GetPipeline = (context: PipelineContext) => TrainingPipeline;
