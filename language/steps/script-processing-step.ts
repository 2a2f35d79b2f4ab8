import type { CreateProcessingJobRequest, ProcessingInstanceType } from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { Value } from "../expressions/expression.ts";
import { executionOutput, type Instances, type JobContext, s3Input } from "./job-context.ts";
import { jobTags, outputKey, processingNetwork, volumeKey } from "./job-context-arguments.ts";
import { type ProcessingCode, processingCode } from "./processing-code.ts";
import {
  type ProcessingArguments,
  type ProcessingResults,
  type ProcessingStep,
  processingStep,
} from "./processing-step.ts";
import { type RequestOverride, withOverride } from "./request-override.ts";
import type { JobStepOptions } from "./step-options.ts";

/** An input with its own folder in the container, instead of `/opt/ml/processing/input/<name>`. */
export interface ProcessingSource {
  readonly s3Uri: Value<string>;
  readonly localPath: string;
}

/** An output with its own folder in the container or its own S3 URI, instead of the default ones. */
export interface ProcessingDestination {
  readonly localPath?: string;
  readonly s3Uri?: Value<string>;
}

/** The script of a processing job, its instances, inputs and outputs. */
export type ScriptProcessingOptions<Input extends string, Output extends string, File extends string> = JobStepOptions &
  ProcessingCode &
  Pick<ProcessingResults<Output, File>, "propertyFiles"> & {
    readonly context: JobContext;
    readonly image: Value<string>;
    readonly instances: Instances<ProcessingInstanceType>;
    /** The command line arguments of the script. */
    readonly arguments?: readonly Value<string>[];
    /** The S3 URIs of the inputs, by name. Default folder in the container: `/opt/ml/processing/input/<name>`. */
    readonly inputs?: Readonly<Record<Input, Value<string> | ProcessingSource>>;
    /** The names of the outputs. The folder `/opt/ml/processing/<name>` is uploaded below the execution's prefix. */
    readonly outputs?: readonly Output[] | Readonly<Record<Output, ProcessingDestination>>;
    /** The longest time that the job may take. SageMaker's default is 24 hours. */
    readonly maxRuntimeInSeconds?: Value<number>;
    /** More members of the request. They override the members built from the other options. */
    readonly request?: RequestOverride<CreateProcessingJobRequest>;
  };

const containerFolder = "/opt/ml/processing";

function isSource(input: Value<string> | ProcessingSource): input is ProcessingSource {
  return typeof input === "object" && "s3Uri" in input && "localPath" in input;
}

/**
 * Declares a processing step that runs a Python script or a program of several files. It is the short form of
 * {@link processingStep}. The S3 key of the code contains the hash of its content.
 */
export function scriptProcessingStep<
  const Input extends string = never,
  const Output extends string = never,
  const File extends string = never,
>(name: string, options: ScriptProcessingOptions<Input, Output, File>): ProcessingStep<Output, File> {
  const { context, image, instances, inputs, outputs = [], maxRuntimeInSeconds, request, ...others } = options;
  const {
    script,
    files,
    source,
    command,
    packages,
    arguments: scriptArguments,
    propertyFiles,
    ...stepOptions
  } = others;
  const code = processingCode(options, context);
  const destinations: readonly (readonly [Output, ProcessingDestination])[] = Array.isArray(outputs)
    ? outputs.map((output) => [output, {}])
    : (Object.entries(outputs) as [Output, ProcessingDestination][]);
  const processing: ProcessingArguments = {
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: instances.type,
        InstanceCount: instances.count ?? 1,
        VolumeSizeInGB: instances.volumeSizeInGB ?? 30,
        ...volumeKey(context, instances.type),
      },
    },
    AppSpecification: {
      ImageUri: image,
      ...defined({ ContainerArguments: scriptArguments }),
      ContainerEntrypoint: code.entrypoint,
    },
    RoleArn: context.roleArn,
    ProcessingInputs: [
      ...Object.entries<Value<string> | ProcessingSource>(inputs ?? {}).map(([input, from]) =>
        isSource(from)
          ? s3Input(input, from.s3Uri, from.localPath)
          : s3Input(input, from, `${containerFolder}/input/${input}`),
      ),
      ...code.inputs,
    ],
    ...(destinations.length === 0
      ? {}
      : {
          ProcessingOutputConfig: {
            Outputs: destinations.map(([output, { localPath, s3Uri }]) => ({
              OutputName: output,
              AppManaged: false,
              S3Output: {
                S3Uri: s3Uri ?? executionOutput(context, name, output),
                LocalPath: localPath ?? `${containerFolder}/${output}`,
                S3UploadMode: "EndOfJob",
              },
            })),
            ...outputKey(context),
          },
        }),
    ...defined({ Environment: code.environment }),
    ...processingNetwork(context),
    ...jobTags(context),
    ...(maxRuntimeInSeconds === undefined ? {} : { StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeInSeconds } }),
  };
  return processingStep<Output, File>(name, {
    ...stepOptions,
    arguments: withOverride(processing, request),
    outputs: destinations.map(([output]) => output),
    propertyFiles,
    assets: code.assets,
  });
}
