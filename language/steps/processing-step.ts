import type { CreateProcessingJobRequest, DescribeProcessingJobResponse } from "@aws-sdk/client-sagemaker";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Expression, PropertyFile } from "../expressions/expression.ts";
import { propertyFile } from "../expressions/json-get.ts";
import { property } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import { type JobArguments, jobStepData, type TypedJobStep } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** `CreateProcessingJob`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
export type ProcessingArguments = JobArguments<CreateProcessingJobRequest, "ProcessingJobName">;

/** `output` is the name of the step's output that holds the JSON file at `path`. */
export interface PropertyFileOptions<Output extends string> {
  readonly output: Output;
  readonly path: string;
}

/** What a processing step offers to others. */
export interface ProcessingResults<Output extends string, File extends string> {
  /** The names of the outputs in `arguments`. */
  readonly outputs?: readonly Output[] | undefined;
  readonly propertyFiles?: Readonly<Record<File, PropertyFileOptions<NoInfer<Output>>>> | undefined;
}

/** The request, and what of it others may use. */
export interface ProcessingStepOptions<Output extends string, File extends string>
  extends JobStepOptions,
    ProcessingResults<Output, File> {
  readonly arguments: ProcessingArguments;
  readonly assets?: readonly CodeAsset[] | undefined;
}

/** A processing step; its properties have the shape of `DescribeProcessingJob`. */
export interface ProcessingStep<Output extends string = string, File extends string = string>
  extends TypedJobStep<"Processing", DescribeProcessingJobResponse> {
  /** The S3 URI of each output. */
  readonly outputs: Readonly<Record<Output, Expression<string>>>;
  readonly propertyFiles: Readonly<Record<File, PropertyFile>>;
}

/**
 * A step that runs a container once (a processing job), with the arguments in the service's own shape. The short form
 * for a Python script is {@link scriptProcessingStep}.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-processing
 */
export function processingStep<const Output extends string = never, const File extends string = never>(
  name: string,
  { arguments: request, assets, outputs = [], propertyFiles, ...options }: ProcessingStepOptions<Output, File>,
): ProcessingStep<Output, File> {
  const declared = Object.entries<PropertyFileOptions<Output>>(propertyFiles ?? {}).map(([file, { output, path }]) =>
    propertyFile(name, file, output, path),
  );
  const byName = new Map(declared.map((file) => [file.name, file]));
  return Object.freeze({
    ...jobStepData<"Processing", DescribeProcessingJobResponse>(
      "Processing",
      name,
      { arguments: request, assets, files: declared },
      options,
    ),
    outputs: recordOf<Output, Expression<string>>(`step ${name}, outputs`, outputs, (output) =>
      property<string>(name, `ProcessingOutputConfig.Outputs['${output}'].S3Output.S3Uri`),
    ),
    propertyFiles: recordOf<File, PropertyFile>(
      `step ${name}, property files`,
      [...byName.keys()] as File[],
      (file) => byName.get(file) as PropertyFile,
    ),
  });
}
