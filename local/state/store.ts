import { join } from "node:path";
import type {
  DescribeModelOutput,
  DescribeModelPackageGroupOutput,
  DescribeModelPackageOutput,
  DescribePipelineResponse,
  DescribeProcessingJobResponse,
  DescribeTrainingJobResponse,
  DescribeTransformJobResponse,
  Tag,
} from "@aws-sdk/client-sagemaker";
import type { Wire } from "../sagemaker/wire.ts";
import { Collection } from "./collection.ts";
import type { ExecutionRecord } from "./execution-record.ts";

export type PipelineRecord = Wire<DescribePipelineResponse> & { PipelineArn: string; PipelineName: string };
export type ProcessingJobRecord = Wire<DescribeProcessingJobResponse> & { ProcessingJobArn: string };
export type TrainingJobRecord = Wire<DescribeTrainingJobResponse> & { TrainingJobArn: string };
export type TransformJobRecord = Wire<DescribeTransformJobResponse> & { TransformJobArn: string };
export type ModelRecord = Wire<DescribeModelOutput> & { ModelArn: string };
export type ModelPackageRecord = Wire<DescribeModelPackageOutput> & { ModelPackageArn: string };
export interface ModelPackageGroupRecord {
  readonly description: Wire<DescribeModelPackageGroupOutput> & { ModelPackageGroupArn: string };
  /** Versions are not used twice, even after the newest was deleted. */
  readonly nextVersion: number;
}
export interface TagsRecord {
  readonly arn: string;
  readonly tags: readonly Tag[];
}

/** Everything the endpoint knows of SageMaker, in AWS's own shapes, by ARN. */
export interface Store {
  readonly pipelines: Collection<PipelineRecord>;
  readonly executions: Collection<ExecutionRecord>;
  readonly processingJobs: Collection<ProcessingJobRecord>;
  readonly trainingJobs: Collection<TrainingJobRecord>;
  readonly transformJobs: Collection<TransformJobRecord>;
  readonly models: Collection<ModelRecord>;
  readonly modelPackageGroups: Collection<ModelPackageGroupRecord>;
  readonly modelPackages: Collection<ModelPackageRecord>;
  readonly tags: Collection<TagsRecord>;
}

export function openStore(folder: string): Store {
  return {
    pipelines: new Collection(join(folder, "pipelines"), (record) => record.PipelineArn),
    executions: new Collection(join(folder, "executions"), (record) => record.arn),
    processingJobs: new Collection(join(folder, "processing-jobs"), (record) => record.ProcessingJobArn),
    trainingJobs: new Collection(join(folder, "training-jobs"), (record) => record.TrainingJobArn),
    transformJobs: new Collection(join(folder, "transform-jobs"), (record) => record.TransformJobArn),
    models: new Collection(join(folder, "models"), (record) => record.ModelArn),
    modelPackageGroups: new Collection(
      join(folder, "model-package-groups"),
      (record) => record.description.ModelPackageGroupArn,
    ),
    modelPackages: new Collection(join(folder, "model-packages"), (record) => record.ModelPackageArn),
    tags: new Collection(join(folder, "tags"), (record) => record.arn),
  };
}
