import { basename } from "node:path";
import type { ProcessingInstanceType } from "@aws-sdk/client-sagemaker";
import { codeAsset, type S3Location } from "../code-asset.ts";
import { execution } from "../execution-variable.ts";
import type { Expressible, Expression, Value } from "../expression.ts";
import { join } from "../join.ts";
import {
  type ProcessingArguments,
  type ProcessingStep,
  type PropertyFileOptions,
  processingStep,
} from "./processing-step.ts";
import type { CacheableStepOptions } from "./step.ts";

/** The role of the jobs, and where code goes to and outputs come from. */
export interface JobContext extends S3Location {
  readonly roleArn: string;
}

/** The machines of a processing job; a volume of 30 GB unless said otherwise. */
export interface ProcessingInstances {
  readonly type: Expressible<ProcessingInstanceType>;
  readonly count?: Value<number>;
  readonly volumeSizeInGB?: Value<number>;
}

export interface ScriptProcessingOptions<Input extends string, Output extends string, File extends string>
  extends CacheableStepOptions {
  readonly context: JobContext;
  readonly image: Value<string>;
  /** A Python script beside the pipeline: `new URL("preprocess.py", import.meta.url)`. */
  readonly script: URL;
  readonly instances: ProcessingInstances;
  /** Arguments of the script. */
  readonly arguments?: readonly Value<string>[];
  /** S3 URIs; each is found in `/opt/ml/processing/input/<name>`. */
  readonly inputs?: Readonly<Record<Input, Value<string>>>;
  /** Each folder `/opt/ml/processing/<name>` goes to S3, below the execution's own prefix. */
  readonly outputs?: readonly Output[];
  readonly propertyFiles?: Readonly<Record<File, PropertyFileOptions<NoInfer<Output>>>>;
  readonly maxRuntimeInSeconds?: number;
}

const containerFolder = "/opt/ml/processing";

/**
 * Output destinations carry the execution's id: the service's cache does not look at them, so a fixed one would leave
 * the following steps cached although this one wrote something new.
 */
function executionOutput({ bucket, prefix }: S3Location, step: string, output: string): Expression<string> {
  return join("/", [`s3://${bucket}/${prefix}/executions`, execution.id, step, output]);
}

function s3Input(name: string, uri: Value<string>, localPath: string) {
  return {
    InputName: name,
    AppManaged: false,
    S3Input: {
      S3Uri: uri,
      LocalPath: localPath,
      S3DataType: "S3Prefix",
      S3InputMode: "File",
      S3DataDistributionType: "FullyReplicated",
      S3CompressionType: "None",
    },
  } as const;
}

/**
 * A processing step that runs one Python script: the short form of {@link processingStep}. The script's address on S3
 * follows from its content; inputs and outputs are folders with fixed names in the container.
 */
export function scriptProcessingStep<
  const Input extends string = never,
  const Output extends string = never,
  const File extends string = never,
>(name: string, options: ScriptProcessingOptions<Input, Output, File>): ProcessingStep<Output, File> {
  const { context, image, script, instances, inputs, outputs = [], maxRuntimeInSeconds = 3600, ...rest } = options;
  const code = codeAsset(script, context);
  const request: ProcessingArguments = {
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: instances.type,
        InstanceCount: instances.count ?? 1,
        VolumeSizeInGB: instances.volumeSizeInGB ?? 30,
      },
    },
    AppSpecification: {
      ImageUri: image,
      ContainerEntrypoint: ["python3", `${containerFolder}/input/code/${basename(code.localPath)}`],
      ...(options.arguments === undefined ? {} : { ContainerArguments: options.arguments }),
    },
    RoleArn: context.roleArn,
    ProcessingInputs: [
      ...Object.entries<Value<string>>(inputs ?? ({} as Record<Input, string>)).map(([input, uri]) =>
        s3Input(input, uri, `${containerFolder}/input/${input}`),
      ),
      s3Input("code", code.s3Uri, `${containerFolder}/input/code`),
    ],
    ProcessingOutputConfig: {
      Outputs: outputs.map((output) => ({
        OutputName: output,
        AppManaged: false,
        S3Output: {
          S3Uri: executionOutput(context, name, output),
          LocalPath: `${containerFolder}/${output}`,
          S3UploadMode: "EndOfJob",
        },
      })),
    },
    StoppingCondition: { MaxRuntimeInSeconds: maxRuntimeInSeconds },
  };
  return processingStep<Output, File>(name, { ...rest, arguments: request, outputs, assets: [code] });
}
