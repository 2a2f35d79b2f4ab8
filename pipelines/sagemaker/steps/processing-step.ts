import type { CreateProcessingJobRequest, DescribeProcessingJobResponse } from "@aws-sdk/client-sagemaker";
import type { CodeAsset } from "../code-asset.ts";
import type { Expressible, Expression } from "../expression.ts";
import type { PropertyFile } from "../json-get.ts";
import { type Properties, properties } from "../property.ts";
import { recordOf } from "../record.ts";
import type { CacheableStepOptions, JobStep } from "./step.ts";

/** The service's request, less the job's name, which the service chooses. */
export type ProcessingArguments = Expressible<Omit<CreateProcessingJobRequest, "ProcessingJobName">>;

/** `output` is the name of the step's output that holds the file at `path`. */
export interface PropertyFileOptions<Output extends string> {
  readonly output: Output;
  readonly path: string;
}

export interface ProcessingStepOptions<Output extends string, File extends string> extends CacheableStepOptions {
  readonly arguments: ProcessingArguments;
  /** The names of the outputs in `arguments`. */
  readonly outputs?: readonly Output[];
  readonly propertyFiles?: Readonly<Record<File, PropertyFileOptions<NoInfer<Output>>>>;
  readonly assets?: readonly CodeAsset[];
}

export interface ProcessingStep<Output extends string = string, File extends string = string> extends JobStep {
  readonly type: "Processing";
  readonly properties: Properties<DescribeProcessingJobResponse>;
  /** The S3 URI of each output. */
  readonly outputs: Readonly<Record<Output, Expression<string>>>;
  readonly propertyFiles: Readonly<Record<File, PropertyFile>>;
}

/**
 * A step that runs a container once (a processing job), with the arguments in the service's own shape.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-processing
 */
export function processingStep<const Output extends string = never, const File extends string = never>(
  name: string,
  options: ProcessingStepOptions<Output, File>,
): ProcessingStep<Output, File> {
  const { arguments: request, outputs = [], assets = [], ...rest } = options;
  const { propertyFiles = {} as Record<File, PropertyFileOptions<Output>>, ...stepOptions } = rest;
  const described = properties<DescribeProcessingJobResponse>(name);
  return Object.freeze({
    kind: "step",
    type: "Processing",
    name,
    arguments: request,
    options: stepOptions,
    assets,
    properties: described,
    outputs: recordOf<Output, Expression<string>>(
      `step ${name}, outputs`,
      outputs,
      (output) => described.ProcessingOutputConfig.Outputs.at(output).S3Output.S3Uri,
    ),
    propertyFiles: recordOf<File, PropertyFile>(
      `step ${name}, property files`,
      Object.keys(propertyFiles) as File[],
      (file) => {
        const { output, path } = propertyFiles[file];
        return Object.freeze({ kind: "property-file", step: name, name: file, output, path });
      },
    ),
  });
}
