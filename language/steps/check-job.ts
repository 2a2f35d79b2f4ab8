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
import { jobTags, outputKey, processingNetwork, volumeKey } from "./job-context-arguments.ts";
import type { ProcessingArguments } from "./processing-step.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";

/** The processing job of a quality or Clarify check: its image, instances, data set and output. */
export interface CheckJob {
  readonly context: JobContext;
  /** The URI of the region's Model Monitor or Clarify image. */
  readonly image: Value<string>;
  readonly instances: { readonly type: Expressible<ProcessingInstanceType>; readonly volumeSizeInGB?: Value<number> };
  /** The S3 URI of the data set to check. */
  readonly dataset: Value<string>;
  /** The S3 URI that the job writes statistics, constraints and reports to. */
  readonly outputUri: Value<string>;
  readonly environment?: { readonly [name: string]: Value<string> };
  /** More members of the request. They override the members built from the other options. */
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

/** The format of the data set, with Model Monitor's names. */
export type DatasetFormat =
  | {
      readonly csv: { readonly header: boolean; readonly output_columns_position?: "START" | "END" };
      readonly json?: never;
      readonly parquet?: never;
    }
  | { readonly json: { readonly lines: boolean }; readonly csv?: never; readonly parquet?: never }
  | { readonly parquet: Record<never, never>; readonly csv?: never; readonly json?: never };

/** Returns the format as JSON with a space after each colon and comma, as the SageMaker Python SDK writes it. */
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
 * Declares a {@link qualityCheckStep} that checks data with the Model Monitor image. It is a short form.
 * Source (environment variables): https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-inputs.html
 */
export function dataQualityCheckStep(name: string, options: QualityOptions): QualityCheckStep {
  const { job: _, format: __, ...rest } = options;
  return qualityCheckStep(name, { ...rest, checkType: "DATA_QUALITY", arguments: qualityArguments(options, {}) });
}

/** The columns or attributes of the data set that hold predictions and ground truth, by name or position. */
export interface ModelQualityOptions extends QualityOptions {
  readonly problemType: "BinaryClassification" | "MulticlassClassification" | "Regression";
  readonly inferenceAttribute?: Value<string>;
  readonly probabilityAttribute?: Value<string>;
  readonly probabilityThreshold?: number;
  readonly groundTruthAttribute?: Value<string>;
}

/** Declares a {@link qualityCheckStep} that checks predictions with the Model Monitor image. It is a short form. */
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

/** Clarify's configuration, in the shape of `analysis_config.json`. A step also accepts the S3 URI of such a file. */
export type AnalysisConfig = { readonly [key: string]: unknown };

/** The processing job of a Clarify check and Clarify's configuration. */
export type ClarifyOptions = ClarifyCheckStepOptions extends infer Options
  ? Options extends ClarifyCheckStepOptions
    ? Omit<Options, "arguments" | "assets"> & {
        readonly job: CheckJob;
        readonly analysis: AnalysisConfig | Expression<string> | string;
      }
    : never
  : never;

/**
 * Declares a {@link clarifyCheckStep} with the Clarify image. It is a short form. The S3 key of the configuration
 * contains its hash, so a changed configuration changes the arguments and the step cache does not answer.
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
