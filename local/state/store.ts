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
import type { Wire } from "../wire/wire.ts";
import { Collection } from "./collection.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { ExecutionStore } from "./execution-store.ts";

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
  /** The versions that requests made, by the requests' tokens. */
  readonly tokens?: { readonly [token: string]: number };
}
/** A version of a pipeline: what it was made or updated to. */
export interface PipelineVersionRecord {
  readonly pipelineArn: string;
  readonly version: number;
  readonly pipeline: PipelineRecord;
  readonly createdTime: number;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly aliases: readonly string[];
  readonly lastExecutionArn?: string | undefined;
  /** Of the request that made it. */
  readonly token?: string;
}
export interface TagsRecord {
  readonly arn: string;
  readonly tags: readonly Tag[];
}

/** By which a version is stored. */
export function pipelineVersionKey(pipelineArn: string, version: number): string {
  return `${pipelineArn}/version/${version}`;
}

/** Everything the endpoint knows of SageMaker, in AWS's own shapes, by ARN. */
export interface Store {
  readonly pipelines: Collection<PipelineRecord>;
  readonly pipelineVersions: Collection<PipelineVersionRecord>;
  readonly executions: ExecutionStore;
  readonly processingJobs: Collection<ProcessingJobRecord>;
  readonly trainingJobs: Collection<TrainingJobRecord>;
  readonly transformJobs: Collection<TransformJobRecord>;
  readonly models: Collection<ModelRecord>;
  readonly modelPackageGroups: Collection<ModelPackageGroupRecord>;
  readonly modelPackages: Collection<ModelPackageRecord>;
  readonly tags: Collection<TagsRecord>;
}

/**
 * @param parse a definition from its text, which was checked when it was stored
 * @throws LocalError `environment` for state that is not readable
 */
export function openStore(folder: string, parse: (text: string) => ExecutionRecord["definition"]): Store {
  return {
    pipelines: new Collection(join(folder, "pipelines"), (record) => record.PipelineArn),
    pipelineVersions: new Collection(join(folder, "pipeline-versions"), ({ pipelineArn, version }) =>
      pipelineVersionKey(pipelineArn, version),
    ),
    executions: new ExecutionStore(join(folder, "executions"), parse),
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
