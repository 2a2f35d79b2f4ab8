import type { CreateProcessingJobRequest, DescribeProcessingJobResponse } from "@aws-sdk/client-sagemaker";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Expression, PropertyFile } from "../expressions/expression.ts";
import { propertyFile } from "../expressions/json-get.ts";
import { property } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import { type JobArguments, jobStepData, type TypedJobStep } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The arguments of `CreateProcessingJob`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html */
export type ProcessingArguments = JobArguments<CreateProcessingJobRequest, "ProcessingJobName">;

/** The output of the step that contains a JSON file, and the file's path in that output. */
export interface PropertyFileOptions<Output extends string> {
  readonly output: Output;
  readonly path: string;
}

/** The outputs and property files of a processing step that other steps may use. */
export interface ProcessingResults<Output extends string, File extends string> {
  /** The names of the outputs in `arguments`. */
  readonly outputs?: readonly Output[] | undefined;
  readonly propertyFiles?: Readonly<Record<File, PropertyFileOptions<NoInfer<Output>>>> | undefined;
}

/** The request of the processing job, and the results that other steps may use. */
export interface ProcessingStepOptions<Output extends string, File extends string>
  extends JobStepOptions,
    ProcessingResults<Output, File> {
  readonly arguments: ProcessingArguments;
  readonly assets?: readonly CodeAsset[] | undefined;
}

/** A processing step. Its properties have the shape of `DescribeProcessingJob`. */
export interface ProcessingStep<Output extends string = string, File extends string = string>
  extends TypedJobStep<"Processing", DescribeProcessingJobResponse> {
  /** The S3 URI of each output. */
  readonly outputs: Readonly<Record<Output, Expression<string>>>;
  readonly propertyFiles: Readonly<Record<File, PropertyFile>>;
}

/**
 * Declares a step that runs a processing job. Its arguments are those of the API. The short form for a Python script is
 * {@link scriptProcessingStep}.
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
