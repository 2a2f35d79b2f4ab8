import type { TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import { execution } from "../execution-variable.ts";
import { type Expressible, type Expression, isExpression, type Primitive, type Value } from "../expression.ts";
import { join } from "../join.ts";
import type { JobContext } from "./script-processing-step.ts";
import type { CacheableStepOptions } from "./step.ts";
import { type TrainingArguments, type TrainingStep, trainingStep } from "./training-step.ts";

export interface AlgorithmTrainingOptions extends CacheableStepOptions {
  readonly context: JobContext;
  readonly image: Value<string>;
  readonly instances: {
    readonly type: Expressible<TrainingInstanceType>;
    readonly count?: Value<number>;
    readonly volumeSizeInGB?: Value<number>;
  };
  readonly hyperparameters: Readonly<Record<string, Value<Primitive>>>;
  /** S3 URIs by channel name. */
  readonly channels: Readonly<Record<string, Value<string>>>;
  /** The content type of every channel, such as `text/csv`. */
  readonly contentType: string;
  readonly maxRuntimeInSeconds?: number;
}

/** The service takes hyperparameters as strings only; of an expression a join makes one. */
function hyperparameter(value: Value<Primitive>): Value<string> {
  return isExpression(value) ? stringOf(value) : String(value);
}

function stringOf(value: Expression<Primitive>): Expression<string> {
  const isString = value.kind === "join" || value.kind === "execution-variable";
  return isString ? (value as Expression<string>) : join("", [value]);
}

/**
 * A training step with an image that brings its algorithm (no script of one's own): the short form of
 * {@link trainingStep}. The model goes below the execution's own prefix.
 */
export function algorithmTrainingStep(name: string, options: AlgorithmTrainingOptions): TrainingStep {
  const { context, image, instances, hyperparameters, channels, contentType, maxRuntimeInSeconds, ...rest } = options;
  const request: TrainingArguments = {
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    OutputDataConfig: {
      S3OutputPath: join("/", [`s3://${context.bucket}/${context.prefix}/executions`, execution.id, name]),
    },
    StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeInSeconds ?? 3600 },
    ResourceConfig: {
      InstanceType: instances.type,
      InstanceCount: instances.count ?? 1,
      VolumeSizeInGB: instances.volumeSizeInGB ?? 30,
    },
    RoleArn: context.roleArn,
    InputDataConfig: Object.entries(channels).map(([channel, uri]) => ({
      ChannelName: channel,
      ContentType: contentType,
      DataSource: {
        S3DataSource: { S3DataType: "S3Prefix", S3Uri: uri, S3DataDistributionType: "FullyReplicated" },
      },
    })),
    HyperParameters: Object.fromEntries(
      Object.entries(hyperparameters).map(([key, value]) => [key, hyperparameter(value)]),
    ),
  };
  return trainingStep(name, { ...rest, arguments: request });
}
