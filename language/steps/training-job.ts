import type { Channel, CreateTrainingJobRequest, TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import { isExpression, type Value } from "../expressions/expression.ts";
import { executionOutput, type Instances, type JobContext } from "./job-context.ts";
import { jobTags, outputKey, trainingNetwork, volumeKey } from "./job-context-arguments.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";
import type { JobStepOptions } from "./step-options.ts";
import type { TrainingArguments } from "./training-step.ts";

/** The data of a channel: an S3 prefix, or any other data source of the API. */
export type ChannelSource = Value<string> | ExpressibleObject<Omit<Channel, "ChannelName">>;

/** The options that both short forms of a training step have. */
export interface TrainingJobOptions<ChannelName extends string> extends JobStepOptions {
  readonly context: JobContext;
  readonly image: Value<string>;
  readonly instances: Instances<TrainingInstanceType>;
  /** The data by channel name. */
  readonly channels?: Readonly<Record<ChannelName, ChannelSource>>;
  /** The content type of every channel that is given as an S3 URI, such as `text/csv`. */
  readonly contentType?: string;
  /** The S3 URI that the model is written below. Default: the execution's prefix. */
  readonly outputUri?: Value<string>;
  /** The longest time that the job may take. Default: 86,400 (a day), as in the SageMaker Python SDK. */
  readonly maxRuntimeInSeconds?: Value<number>;
  /** More members of the request. They override the members built from the other options. */
  readonly request?: RequestOverride<CreateTrainingJobRequest>;
}

function isUri(source: ChannelSource): source is Value<string> {
  return typeof source === "string" || isExpression(source);
}

function channelArguments(
  name: string,
  source: ChannelSource,
  contentType: string | undefined,
): ExpressibleObject<Channel> {
  if (!isUri(source)) return { ...source, ChannelName: name };
  return {
    DataSource: {
      S3DataSource: { S3DataType: "S3Prefix", S3Uri: source, S3DataDistributionType: "FullyReplicated" },
    },
    ...defined({ ContentType: contentType }),
    ChannelName: name,
  };
}

/** Returns the request of a training job with these hyperparameters. */
export function trainingJobArguments(
  name: string,
  options: TrainingJobOptions<string>,
  hyperparameters: { readonly [name: string]: Value<string> },
): TrainingArguments {
  const { context, image, instances, channels, contentType, outputUri, maxRuntimeInSeconds, request } = options;
  const inputs = Object.entries<ChannelSource>(channels ?? {});
  const job: TrainingArguments = {
    AlgorithmSpecification: { TrainingInputMode: "File", TrainingImage: image },
    OutputDataConfig: { S3OutputPath: outputUri ?? executionOutput(context, name), ...outputKey(context) },
    StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeInSeconds ?? 86_400 },
    ResourceConfig: {
      VolumeSizeInGB: instances.volumeSizeInGB ?? 30,
      InstanceCount: instances.count ?? 1,
      InstanceType: instances.type,
      ...volumeKey(context, instances.type),
    },
    RoleArn: context.roleArn,
    ...trainingNetwork(context),
    ...jobTags(context),
    ...(inputs.length === 0
      ? {}
      : { InputDataConfig: inputs.map(([channel, source]) => channelArguments(channel, source, contentType)) }),
    ...(Object.keys(hyperparameters).length === 0 ? {} : { HyperParameters: hyperparameters }),
  };
  return withOverride(job, request);
}
