import type { Json } from "../../service-model/definition.ts";
import type { Quotas } from "../../service-model/limits.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import { execution } from "../expressions/execution-variable.ts";
import type { Parameter, Value } from "../expressions/expression.ts";
import { allSteps, type Step } from "../steps/step.ts";

/** The SageMaker experiment and the trial in it that an execution's jobs are recorded in. */
export interface ExperimentConfig {
  readonly experimentName: Value<string>;
  readonly trialName: Value<string>;
}

/** The MLflow server that records an execution, and the experiment there. */
export interface MlflowConfig {
  readonly resourceArn: Value<string>;
  readonly experimentName?: Value<string>;
}

/** A pipeline: frozen data, rendered by `renderDefinition`. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  /** How many steps may run at a time, if not as many as the account's quota allows. */
  readonly maxParallelExecutionSteps?: number;
  readonly parameters: readonly Parameter[];
  /** Null for no experiment; absent where the definition does not speak of it. */
  readonly experiment?: ExperimentConfig | null;
  /** Null where the definition says that there is none. */
  readonly mlflow?: MlflowConfig | null;
  readonly steps: readonly Step[];
  /** Quotas of the account that are not AWS's defaults. */
  readonly quotas: Partial<Quotas>;
  /** Top-level members of the definition beside those that the language knows, such as a novelty of the service. */
  readonly members?: { readonly [key: string]: Json };
}

/** What a pipeline is made of, and what it may say of itself. */
export interface PipelineOptions {
  readonly displayName?: string;
  readonly description?: string;
  readonly maxParallelExecutionSteps?: number;
  readonly parameters?: readonly Parameter[];
  readonly steps: readonly Step[];
  /** Without it the experiment has the pipeline's name and the trial the execution's id, as with the Python SDK. */
  readonly experiment?: ExperimentConfig | null;
  /** Null writes that there is none, as the Python SDK 3 does. */
  readonly mlflow?: MlflowConfig | null;
  /** Quotas that AWS has raised for the account, such as `{ steps: 100 }`. */
  readonly quotas?: Partial<Quotas>;
}

const defaultExperiment: ExperimentConfig = Object.freeze({
  experimentName: execution.pipelineName,
  trialName: execution.id,
});

/** A pipeline of parameters and steps, in the order in which the definition shows them. */
export function pipeline(name: string, options: PipelineOptions): Pipeline {
  const { parameters = [], steps, experiment = defaultExperiment, quotas = {}, ...described } = options;
  return Object.freeze({
    kind: "pipeline",
    name,
    ...described,
    parameters: Object.freeze([...parameters]),
    experiment: experiment === null ? null : Object.freeze({ ...experiment }),
    steps: Object.freeze([...steps]),
    quotas: Object.freeze({ ...quotas }),
  });
}

/** The local files that a deploy has to upload for the pipeline to run, each address once. */
export function codeAssets({ steps }: Pipeline): readonly CodeAsset[] {
  const assets = allSteps(steps).flatMap((step) => (step.kind === "job" ? (step.assets ?? []) : []));
  return [...new Map(assets.map((asset) => [asset.s3Uri, asset])).values()];
}
