import type { Json } from "../../service-model/definition.ts";
import type { Quotas } from "../../service-model/limits.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import { execution } from "../expressions/execution-variable.ts";
import type { Parameter, Value } from "../expressions/expression.ts";
import { allSteps, type Step } from "../steps/step.ts";

/** The SageMaker experiment and trial that record the jobs of an execution. */
export interface ExperimentConfig {
  readonly experimentName: Value<string>;
  readonly trialName: Value<string>;
}

/** The MLflow server and the experiment that record an execution. */
export interface MlflowConfig {
  readonly resourceArn: Value<string>;
  readonly experimentName?: Value<string>;
}

/** A pipeline, as frozen data. `renderDefinition` renders it. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** The number of steps that may run at the same time. Default: the account's quota. */
  readonly maxParallelExecutionSteps?: number;
  readonly parameters: readonly Parameter[];
  /** The experiment. Null renders as null (no experiment). If absent, the definition does not mention it. */
  readonly experiment?: ExperimentConfig | null;
  /** The MLflow server. Null renders as null (no server). */
  readonly mlflow?: MlflowConfig | null;
  readonly steps: readonly Step[];
  /** The account's quotas that differ from AWS's defaults. */
  readonly quotas: Partial<Quotas>;
  /** Names of members and values that AWS has and the committed service model lacks. */
  readonly allow: readonly string[];
  /** Top-level members of the definition that the language does not know, such as a new feature of SageMaker. */
  readonly members?: { readonly [key: string]: Json };
}

/** The parameters, steps and settings of a pipeline. */
export interface PipelineOptions {
  readonly displayName?: string;
  readonly description?: string;
  readonly maxParallelExecutionSteps?: number;
  readonly parameters?: readonly Parameter[];
  readonly steps: readonly Step[];
  /** Default, as in the Python SDK: the experiment has the pipeline's name and the trial the execution's id. */
  readonly experiment?: ExperimentConfig | null;
  /** The MLflow server. Null renders as null, as in the Python SDK 3. */
  readonly mlflow?: MlflowConfig | null;
  /** The quotas that AWS raised for the account, for example `{ steps: 100 }`. */
  readonly quotas?: Partial<Quotas>;
  /**
   * Members and values of requests that AWS has and this repository's model of it does not know yet, such as a new instance
   * type: `["ml.p7.48xlarge"]`. `npm run generate-service-model` renews the model.
   */
  readonly allow?: readonly string[];
}

const defaultExperiment: ExperimentConfig = Object.freeze({
  experimentName: execution.pipelineName,
  trialName: execution.id,
});

/** Declares a pipeline. The definition keeps the order of its parameters and steps. */
export function pipeline(name: string, options: PipelineOptions): Pipeline {
  const { parameters = [], steps, experiment = defaultExperiment, quotas = {}, allow = [], ...described } = options;
  return Object.freeze({
    kind: "pipeline",
    name,
    ...described,
    parameters: Object.freeze([...parameters]),
    experiment: experiment === null ? null : Object.freeze({ ...experiment }),
    steps: Object.freeze([...steps]),
    quotas: Object.freeze({ ...quotas }),
    allow: Object.freeze([...allow]),
  });
}

/** Returns the code assets that a deploy must upload, each S3 address once. */
export function codeAssets({ steps }: Pipeline): readonly CodeAsset[] {
  const assets = allSteps(steps).flatMap((step) => (step.kind === "job" ? (step.assets ?? []) : []));
  return [...new Map(assets.map((asset) => [asset.s3Uri, asset])).values()];
}
