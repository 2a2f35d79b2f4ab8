import type { CreateProcessingJobRequest, ProcessingInstanceType } from "@aws-sdk/client-sagemaker";
import { textAsset } from "../code/code-asset.ts";
import type { Expressible } from "../expressions/expressible.ts";
import { type Expression, isExpression, type Value } from "../expressions/expression.ts";
import {
  type ClarifyCheckStep,
  type ClarifyCheckStepOptions,
  clarifyCheckStep,
  type QualityCheckStep,
  type QualityCheckStepOptions,
  qualityCheckStep,
} from "./check-steps.ts";
import { type JobContext, s3Input } from "./job-context.ts";
import { jobTags, outputKey, processingNetwork, volumeKey } from "./job-surroundings.ts";
import type { ProcessingArguments } from "./processing-step.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";

/** The machine of a check, its image and what it reads and writes. */
export interface CheckJob {
  readonly context: JobContext;
  /** The Model Monitor or Clarify image of the region. */
  readonly image: Value<string>;
  readonly instances: { readonly type: Expressible<ProcessingInstanceType>; readonly volumeSizeInGB?: Value<number> };
  /** S3 URI of the data set to look at. */
  readonly dataset: Value<string>;
  /** S3 URI that statistics, constraints and reports go to. */
  readonly outputUri: Value<string>;
  readonly environment?: { readonly [name: string]: Value<string> };
  /** Anything else of the request. */
  readonly request?: RequestOverride<CreateProcessingJobRequest>;
}

type S3InputItem = ReturnType<typeof s3Input>;

function jobArguments(
  job: CheckJob,
  inputs: readonly S3InputItem[],
  output: string,
  environment: { readonly [name: string]: Value<string> },
): ProcessingArguments {
  const processing: ProcessingArguments = {
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: job.instances.type,
        InstanceCount: 1,
        VolumeSizeInGB: job.instances.volumeSizeInGB ?? 30,
        ...volumeKey(job.context, job.instances.type),
      },
    },
    AppSpecification: { ImageUri: job.image },
    RoleArn: job.context.roleArn,
    ProcessingInputs: inputs,
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: output,
          AppManaged: false,
          S3Output: { S3Uri: job.outputUri, LocalPath: "/opt/ml/processing/output", S3UploadMode: "EndOfJob" },
        },
      ],
      ...outputKey(job.context),
    },
    ...processingNetwork(job.context),
    ...jobTags(job.context),
    ...(Object.keys(environment).length === 0 ? {} : { Environment: environment }),
  };
  return withOverride(processing, job.request);
}

/** How the data set is written, as Model Monitor names it. */
export type DatasetFormat =
  | {
      readonly csv: { readonly header: boolean; readonly output_columns_position?: "START" | "END" };
      readonly json?: never;
      readonly parquet?: never;
    }
  | { readonly json: { readonly lines: boolean }; readonly csv?: never; readonly parquet?: never }
  | { readonly parquet: Record<never, never>; readonly csv?: never; readonly json?: never };

/** A format as the SageMaker Python SDK writes it: with a space after each colon and comma. */
function formatText(format: DatasetFormat): string {
  return JSON.stringify(format).replaceAll(":", ": ").replaceAll(",", ", ");
}

type QualityOptions = Omit<QualityCheckStepOptions, "arguments" | "checkType" | "assets"> & {
  readonly job: CheckJob;
  readonly format: DatasetFormat;
};

const dataset = "baseline_dataset_input";

function qualityArguments(
  { job, format }: QualityOptions,
  environment: { readonly [name: string]: Value<string> | undefined },
): ProcessingArguments {
  const folder = `/opt/ml/processing/input/${dataset}`;
  const given = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return jobArguments(job, [s3Input(dataset, job.dataset, folder)], "quality_check_output", {
    ...job.environment,
    output_path: "/opt/ml/processing/output",
    publish_cloudwatch_metrics: "Disabled",
    dataset_format: formatText(format),
    dataset_source: folder,
    ...Object.fromEntries(given),
  });
}

/**
 * A {@link qualityCheckStep} of data with the Model Monitor image: its short form. The environment is the image's
 * contract: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
 */
export function dataQualityCheckStep(name: string, options: QualityOptions): QualityCheckStep {
  const { job: _, format: __, ...rest } = options;
  return qualityCheckStep(name, { ...rest, checkType: "DATA_QUALITY", arguments: qualityArguments(options, {}) });
}

/** Where predictions and truth are in the data set: names of columns or of attributes, or their positions. */
export interface ModelQualityOptions extends QualityOptions {
  readonly problemType: "BinaryClassification" | "MulticlassClassification" | "Regression";
  readonly inferenceAttribute?: Value<string>;
  readonly probabilityAttribute?: Value<string>;
  readonly probabilityThreshold?: number;
  readonly groundTruthAttribute?: Value<string>;
}

/** A {@link qualityCheckStep} of a model's predictions with the Model Monitor image: its short form. */
export function modelQualityCheckStep(name: string, options: ModelQualityOptions): QualityCheckStep {
  const { job: _, format: __, problemType, inferenceAttribute, probabilityAttribute, ...others } = options;
  const { probabilityThreshold, groundTruthAttribute, ...rest } = others;
  const request = qualityArguments(options, {
    analysis_type: "MODEL_QUALITY",
    problem_type: problemType,
    inference_attribute: inferenceAttribute,
    probability_attribute: probabilityAttribute,
    ground_truth_attribute: groundTruthAttribute,
    probability_threshold_attribute: probabilityThreshold === undefined ? undefined : String(probabilityThreshold),
  });
  return qualityCheckStep(name, { ...rest, checkType: "MODEL_QUALITY", arguments: request });
}

/** What Clarify is to calculate, in the shape of its `analysis_config.json`; in its place a step takes its S3 URI. */
export type AnalysisConfig = { readonly [key: string]: unknown };

/** The check's machine and data, and what Clarify is to calculate. */
export type ClarifyOptions = ClarifyCheckStepOptions extends infer Options
  ? Options extends ClarifyCheckStepOptions
    ? Omit<Options, "arguments" | "assets"> & {
        readonly job: CheckJob;
        readonly analysis: AnalysisConfig | Expression<string> | string;
      }
    : never
  : never;

/**
 * A {@link clarifyCheckStep} with the Clarify image: its short form. The configuration is uploaded under its content's
 * address, so that another one is another run.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 */
export function clarifyAnalysisCheckStep(name: string, options: ClarifyOptions): ClarifyCheckStep {
  const { job, analysis, ...rest } = options;
  const config =
    typeof analysis === "string" || isExpression(analysis)
      ? undefined
      : textAsset("analysis_config.json", `${JSON.stringify(analysis, null, 2)}\n`, job.context);
  const inputs = [
    s3Input("analysis_config", config?.s3Uri ?? (analysis as Value<string>), "/opt/ml/processing/input/config"),
    s3Input("dataset", job.dataset, "/opt/ml/processing/input/data"),
  ];
  const request = jobArguments(job, inputs, "analysis_result", job.environment ?? {});
  return clarifyCheckStep(name, {
    ...rest,
    arguments: request,
    assets: config === undefined ? [] : [config],
  } as ClarifyCheckStepOptions);
}
