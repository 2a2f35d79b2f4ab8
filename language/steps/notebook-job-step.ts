import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { CreateTrainingJobRequest, TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import { fileGroup } from "../code/code-asset.ts";
import type { Value } from "../expressions/expression.ts";
import { executionOutput, type Instances, type JobContext } from "./job-context.ts";
import { jobTags, outputKey, trainingNetwork, volumeKey } from "./job-context-arguments.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";
import type { RetryableStepOptions } from "./step-options.ts";
import { type TrainingArguments, type TrainingStep, trainingStep } from "./training-step.ts";

/** The notebook, the image and kernel that execute it, its parameters and its files. */
export interface NotebookJobOptions extends RetryableStepOptions {
  readonly context: JobContext;
  readonly region: string;
  readonly notebook: URL;
  /** A SageMaker Distribution image, or your own image that meets the constraints of notebook jobs. */
  readonly image: Value<string>;
  /** The name of a kernel in the image, such as `python3`. */
  readonly kernel: string;
  readonly instances?: Instances<TrainingInstanceType>;
  /** The values for the notebook's cell with the tag `parameters`. */
  readonly parameters?: Readonly<Record<string, Value<string>>>;
  readonly environment?: Readonly<Record<string, Value<string>>>;
  /** A shell script that runs before the kernel starts. */
  readonly initializationScript?: URL;
  /** Files that the notebook reads. */
  readonly dependencies?: readonly URL[];
  /** The longest time that the job may take. Default: 172,800 (two days), as in the SageMaker Python SDK. */
  readonly maxRuntimeInSeconds?: Value<number>;
  /** More members of the request. They override the members built from the other options. */
  readonly request?: RequestOverride<CreateTrainingJobRequest>;
}

const channel = "sagemaker_headless_execution_pipelinestep";

/**
 * Declares a step that executes a notebook. On AWS a notebook job is a training job whose image contains a scheduler.
 * The executed notebook is written below the execution's prefix on S3. Studio lists the job only if `request.Tags`
 * contains the tags of its domain.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/create-notebook-auto-run-sdk.html
 */
export function notebookJobStep(name: string, options: NotebookJobOptions): TrainingStep {
  const { context, region, notebook, image, kernel, instances, parameters, environment, ...others } = options;
  const { initializationScript, dependencies = [], maxRuntimeInSeconds, request, ...stepOptions } = others;
  const start = initializationScript === undefined ? [] : [initializationScript];
  const input = fileGroup([notebook, ...start, ...dependencies], context);
  const file = (url: URL) => basename(fileURLToPath(url));
  const tags = {
    "sagemaker:name": name,
    "sagemaker:notebook-name": file(notebook),
    "sagemaker:notebook-job-origin": "PIPELINE_STEP",
    "sagemaker:is-studio-archived": "false",
  };
  const { Tags: ownTags, ...rest } = request ?? {};
  const job: TrainingArguments = {
    RoleArn: context.roleArn,
    RetryStrategy: { MaximumRetryAttempts: 1 },
    StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeInSeconds ?? 172_800 },
    EnableInterContainerTrafficEncryption: true,
    AlgorithmSpecification: {
      TrainingImage: image,
      TrainingInputMode: "File",
      ContainerEntrypoint: ["amazon_sagemaker_scheduler"],
    },
    InputDataConfig: [
      {
        ChannelName: channel,
        DataSource: {
          S3DataSource: { S3DataType: "S3Prefix", S3Uri: input.s3Uri, S3DataDistributionType: "FullyReplicated" },
        },
      },
    ],
    OutputDataConfig: { S3OutputPath: executionOutput(context, name), ...outputKey(context) },
    ResourceConfig: {
      VolumeSizeInGB: instances?.volumeSizeInGB ?? 30,
      InstanceCount: instances?.count ?? 1,
      InstanceType: instances?.type ?? "ml.m5.large",
      ...volumeKey(context, instances?.type ?? "ml.m5.large"),
    },
    ...trainingNetwork(context),
    Tags: [
      ...(jobTags(context).Tags ?? []),
      ...(Array.isArray(ownTags) ? ownTags : []),
      ...Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ],
    Environment: {
      ...environment,
      AWS_DEFAULT_REGION: region,
      SM_JOB_DEF_VERSION: "1.0",
      SM_ENV_NAME: "sagemaker-default-env",
      SM_SKIP_EFS_SIMULATION: "true",
      SM_EXECUTION_INPUT_PATH: `/opt/ml/input/data/${channel}`,
      SM_KERNEL_NAME: kernel,
      SM_INPUT_NOTEBOOK_NAME: file(notebook),
      SM_OUTPUT_NOTEBOOK_NAME: `${name}.ipynb`,
      ...(initializationScript === undefined ? {} : { SM_INIT_SCRIPT: file(initializationScript) }),
    },
    ...defined({ HyperParameters: parameters }),
  };
  return trainingStep(name, { ...stepOptions, arguments: withOverride(job, rest), assets: input.assets });
}
