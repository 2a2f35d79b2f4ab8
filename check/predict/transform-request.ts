import type {
  CreateModelCommandInput,
  CreateTransformJobCommandInput,
  DescribeModelPackageOutput,
  TransformInstanceType,
} from "@aws-sdk/client-sagemaker";
import { z } from "zod";
import { s3Address } from "../../aws/s3-address.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { jobTags, outputKey, volumeKey, vpc } from "../../language/steps/job-context-arguments.ts";
import { defined } from "../../service-model/defined.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";

/** A registered model and the rows to predict for. */
export interface Prediction {
  /** The name of the temporary model and of the transform job. */
  readonly name: string;
  readonly modelPackage: DescribeModelPackageOutput;
  /** The S3 URI of the rows, a CSV file. */
  readonly rows: string;
  readonly pipeline: Pick<PipelineOutputs, "prefix" | "context">;
  readonly bucket: string;
  readonly roleArn: string;
  /** The type of the instance; by default the first one that the model package supports. */
  readonly instanceType?: string | undefined;
}

/** The settings in a pipeline's context that all its jobs have. */
const jobSettings = z.object({
  network: z.object({ subnets: z.array(z.string()), securityGroupIds: z.array(z.string()) }).optional(),
  kmsKeyArn: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
});

function settingsOf({ pipeline }: Prediction) {
  return defined(jobSettings.parse(pipeline.context ?? {}));
}

/** The content type of the rows. */
const csv = "text/csv";

/** Returns the request for the temporary model: the registered one, with the network of the pipeline's jobs. */
export function modelRequest(prediction: Prediction): CreateModelCommandInput {
  const { name, modelPackage, roleArn } = prediction;
  const settings = settingsOf(prediction);
  return {
    ModelName: name,
    ExecutionRoleArn: roleArn,
    PrimaryContainer: { ModelPackageName: modelPackage.ModelPackageArn },
    ...defined({ VpcConfig: vpc(settings) }),
    ...jobTags(settings),
  };
}

/** Returns the folder that a transform job writes to. The execution role may write to all folders below `executions`. */
function outputFolder({ bucket, pipeline, name }: Prediction): string {
  return `s3://${bucket}/${pipeline.prefix}/executions/${name}`;
}

/** Returns the S3 URI of the predictions: SageMaker appends `.out` to the name of the input. */
export function predictionsUri(prediction: Prediction): string {
  const name = s3Address(prediction.rows)?.Key.split("/").at(-1) ?? "";
  return `${outputFolder(prediction)}/${name}.out`;
}

/**
 * Returns the request for the transform job, which answers each row of the input with one line.
 *
 * @throws ExitError (2) for a model that does not take CSV
 */
export function transformRequest(prediction: Prediction): CreateTransformJobCommandInput {
  const { name, modelPackage, rows } = prediction;
  const supported = modelPackage.InferenceSpecification;
  const types = supported?.SupportedContentTypes ?? [];
  if (types.length > 0 && !types.includes(csv))
    throw new ExitError(
      exitCode.usage,
      `${modelPackage.ModelPackageArn} takes ${types.join(", ")}, but predict sends ${csv}: register the model with ${csv} among its content types.`,
    );
  const settings = settingsOf(prediction);
  const answers = supported?.SupportedResponseMIMETypes ?? [csv];
  const [first = "ml.m5.large"] = supported?.SupportedTransformInstanceTypes ?? [];
  const InstanceType = (prediction.instanceType ?? first) as TransformInstanceType;
  return {
    TransformJobName: name,
    ModelName: name,
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: rows } },
      ContentType: csv,
      SplitType: "Line",
    },
    TransformOutput: {
      S3OutputPath: outputFolder(prediction),
      AssembleWith: "Line",
      Accept: answers.includes(csv) ? csv : answers[0],
      ...outputKey(settings),
    },
    TransformResources: { InstanceType, InstanceCount: 1, ...volumeKey(settings, InstanceType) },
    ...jobTags(settings),
  };
}
