import type { JobContext, Parameter, Pipeline, PropertyFile, Step } from "./sagemaker/index.ts";

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
}

/** How the stack check judges what an execution of the pipeline made. */
export interface Gate {
  /** The metric's name for people, such as `MSE`. */
  readonly metric: string;
  /** Which values are better. */
  readonly direction: "lower";
  /** Where the evaluation is. */
  readonly evaluation: PropertyFile;
  /** The step that registers the model, and the one that fails the execution of a model over the ceiling. */
  readonly registerStep: Step;
  readonly ceilingStep: Step;
  /** The largest value that is good enough without any comparison, and the pipeline parameter that carries it. */
  readonly ceiling: number;
  readonly ceilingParameter: Parameter<number>;
  /** The pipeline parameter that takes the S3 URI of the baseline's model; where there is none, its default stands. */
  readonly baselineParameter: Parameter<string>;
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
  registerStep,
  ceilingStep,
  ceilingParameter,
  baselineParameter,
  ...rest
}: Gate) {
  return {
    ...rest,
    evaluation: { step: evaluation.step, output: evaluation.output, file: evaluation.path },
    registerStep: registerStep.name,
    ceilingStep: ceilingStep.name,
    ceilingParameter: ceilingParameter.name,
    baselineParameter: baselineParameter.name,
  };
}

export type GetPipeline = (context: PipelineContext) => TrainingPipeline;
