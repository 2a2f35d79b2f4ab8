import {
  type Expression,
  lambdaStep,
  type ProcessingArguments,
  processingStep,
  type TrainingArguments,
  trainingStep,
} from "#language";

const cluster = { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } as const;

/** A valid request of a processing job. */
export const processing: ProcessingArguments = {
  ProcessingResources: { ClusterConfig: cluster },
  AppSpecification: { ImageUri: "image" },
  RoleArn: "arn:aws:iam::123456789012:role/role",
  ProcessingOutputConfig: {
    Outputs: [{ OutputName: "out", S3Output: { S3Uri: "s3://b/o", S3UploadMode: "EndOfJob" } }],
  },
};

/** A valid request of a training job. */
export const training: TrainingArguments = {
  AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
  OutputDataConfig: { S3OutputPath: "s3://b/m" },
  ResourceConfig: cluster,
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  RoleArn: "arn:aws:iam::123456789012:role/role",
};

export const processingWith = (changes: Partial<ProcessingArguments>) =>
  processingStep("P", { arguments: { ...processing, ...changes } });

export const trainingWith = (changes: Partial<TrainingArguments>) =>
  trainingStep("T", { arguments: { ...training, ...changes } });

/** Returns a processing step with the output `out`. `source` may be the output of another step. */
export const job = (name: string, source: string | Expression<string> = "s3://b/k") =>
  processingStep(name, {
    arguments: {
      ...processing,
      ProcessingInputs: [{ InputName: "in", S3Input: { S3Uri: source, S3DataType: "S3Prefix" } }],
    },
    outputs: ["out"],
    propertyFiles: { File: { output: "out", path: "f.json" } },
  });

/** Returns a Lambda step with these values as inputs. */
export const uses = (name: string, ...values: readonly Expression[]) =>
  lambdaStep(name, {
    functionArn: "f",
    inputs: Object.fromEntries(values.map((value, index) => [`i${index}`, value])),
  });

/** Returns `count` values that `make` returns for 0, 1, 2, ... */
export function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
