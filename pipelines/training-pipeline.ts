import type { JobContext, Pipeline } from "./sagemaker/index.ts";

/** What a pipeline folder is given: plain values, chosen by the stack (or by a command without one). */
export interface PipelineContext extends JobContext {
  readonly region: string;
  /** The pipeline's own name in SageMaker. */
  readonly pipelineName: string;
  readonly modelPackageGroupName: string;
  /** S3 URI of the training data if the stack has one; without it every execution has to name its data. */
  readonly inputDataUrl?: string;
  readonly ceiling?: number;
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
  /** Where the evaluation is: a file in an output of a processing step. */
  readonly evaluation: { readonly step: string; readonly output: string; readonly file: string };
  /** The step that registers the model, and the one that fails the execution of a model over the ceiling. */
  readonly registerStep: string;
  readonly ceilingStep: string;
  /** The largest value that is good enough without any comparison, and the pipeline parameter that carries it. */
  readonly ceiling: number;
  readonly ceilingParameter: string;
  /** The pipeline parameter that takes the S3 URI of the baseline's model; empty where there is none. */
  readonly baselineParameter: string;
  /** How much worse than the baseline is still good: `relative x baseline + absolute`, in the metric's unit. */
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

/** What `getPipeline(context)` of a pipeline folder returns. */
export interface TrainingPipeline {
  readonly pipeline: Pipeline;
  readonly gate: Gate;
}

export type GetPipeline = (context: PipelineContext) => TrainingPipeline;
