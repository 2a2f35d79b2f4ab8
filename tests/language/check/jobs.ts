import {
  type Expression,
  lambdaStep,
  type ProcessingArguments,
  processingStep,
  type TrainingArguments,
  trainingStep,
} from "#language";

const cluster = { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 1 } as const;

/** A processing job without mistakes. */
export const processing: ProcessingArguments = {
  ProcessingResources: { ClusterConfig: cluster },
  AppSpecification: { ImageUri: "image" },
  RoleArn: "role",
  ProcessingOutputConfig: {
    Outputs: [{ OutputName: "out", S3Output: { S3Uri: "s3://b/o", S3UploadMode: "EndOfJob" } }],
  },
};

/** A training job without mistakes. */
export const training: TrainingArguments = {
  AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
  OutputDataConfig: { S3OutputPath: "s3://b/m" },
  ResourceConfig: cluster,
  StoppingCondition: { MaxRuntimeInSeconds: 60 },
  RoleArn: "role",
};

export const processingWith = (changes: Partial<ProcessingArguments>) =>
  processingStep("P", { arguments: { ...processing, ...changes } });

export const trainingWith = (changes: Partial<TrainingArguments>) =>
  trainingStep("T", { arguments: { ...training, ...changes } });

/** A processing step with the output `out`, which may read the output of another one. */
export const job = (name: string, source: string | Expression<string> = "s3://b/k") =>
  processingStep(name, {
    arguments: {
      ...processing,
      ProcessingInputs: [{ InputName: "in", S3Input: { S3Uri: source, S3DataType: "S3Prefix" } }],
    },
    outputs: ["out"],
    propertyFiles: { File: { output: "out", path: "f.json" } },
  });

/** A Lambda step that is given these values. */
export const uses = (name: string, ...values: readonly Expression[]) =>
  lambdaStep(name, {
    functionArn: "f",
    inputs: Object.fromEntries(values.map((value, index) => [`i${index}`, value])),
  });

/** `count` of something. */
export function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
