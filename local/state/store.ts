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
import { isJob, jobKinds, jobKindsWhere } from "../../service-model/job-kinds.ts";
import { type StepTypeFacts, stepTypes } from "../../service-model/step-types.ts";
import type { Wire } from "../wire/wire.ts";
import { Collection } from "./collection.ts";
import type { ExecutionRecord } from "./execution-record.ts";
import { ExecutionStore } from "./execution-store.ts";

export type PipelineRecord = Wire<DescribePipelineResponse> & { PipelineArn: string; PipelineName: string };
export type ProcessingJobRecord = Wire<DescribeProcessingJobResponse> & { ProcessingJobArn: string };
export type TrainingJobRecord = Wire<DescribeTrainingJobResponse> & { TrainingJobArn: string };
export type TransformJobRecord = Wire<DescribeTransformJobResponse> & { TransformJobArn: string };
/** The records of the kinds of jobs that run locally. */
export interface JobRecords {
  readonly ProcessingJob: ProcessingJobRecord;
  readonly TrainingJob: TrainingJobRecord;
  readonly TransformJob: TransformJobRecord;
}
export type LocalJobKind = keyof JobRecords;
/** The kinds of jobs that run locally. */
export const localJobKinds = jobKindsWhere(isJob).filter((kind) =>
  Object.values(stepTypes).some((facts: StepTypeFacts) => facts.runsLocally && facts.makes === kind),
) as readonly LocalJobKind[];
export type ModelRecord = Wire<DescribeModelOutput> & { ModelArn: string };
export type ModelPackageRecord = Wire<DescribeModelPackageOutput> & { ModelPackageArn: string };
export interface ModelPackageGroupRecord {
  readonly description: Wire<DescribeModelPackageGroupOutput> & { ModelPackageGroupArn: string };
  /** The number of the next version. A number is never used twice, even if its version was deleted. */
  readonly nextVersion: number;
  /** The created versions, by the client token of the request that created them. */
  readonly tokens?: { readonly [token: string]: number };
}
/** A version of a pipeline, with the pipeline as CreatePipeline or UpdatePipeline left it. */
export interface PipelineVersionRecord {
  readonly pipelineArn: string;
  readonly version: number;
  readonly pipeline: PipelineRecord;
  readonly createdTime: number;
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
  readonly aliases: readonly string[];
  readonly lastExecutionArn?: string | undefined;
  /** The client token of the request that created the version. */
  readonly token?: string;
}
/** A Lambda function, in the shape of its configuration. `codeFile` names its ZIP archive. */
export interface FunctionRecord {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Runtime?: string;
  readonly Handler?: string;
  readonly Role?: string;
  readonly Timeout?: number;
  readonly MemorySize?: number;
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly CodeSha256: string;
  readonly CodeSize: number;
  readonly LastModified: string;
  readonly codeFile: string;
}
export interface TagsRecord {
  readonly arn: string;
  readonly tags: readonly Tag[];
}

/** Returns the key under which a version is stored. */
export function pipelineVersionKey(pipelineArn: string, version: number): string {
  return `${pipelineArn}/version/${version}`;
}

type JobStores = {
  readonly [Kind in LocalJobKind as `${Uncapitalize<Kind>}s`]: Collection<JobRecords[Kind]>;
};

/** The endpoint's SageMaker resources by ARN, in the shapes of AWS's Describe answers. */
export interface Store extends JobStores {
  readonly pipelines: Collection<PipelineRecord>;
  readonly pipelineVersions: Collection<PipelineVersionRecord>;
  readonly executions: ExecutionStore;
  readonly models: Collection<ModelRecord>;
  readonly modelPackageGroups: Collection<ModelPackageGroupRecord>;
  readonly modelPackages: Collection<ModelPackageRecord>;
  readonly tags: Collection<TagsRecord>;
  readonly functions: Collection<FunctionRecord>;
}

/**
 * Reads all records from the state folder.
 *
 * @param parse parses a definition's text, which was checked before it was stored
 * @throws LocalError `environment` for unreadable files
 */
export function openStore(folder: string, parse: (text: string) => ExecutionRecord["definition"]): Store {
  const jobs = Object.fromEntries(localJobKinds.map((kind) => [storeKey(kind), openJobs(folder, kind)]));
  return {
    ...(jobs as unknown as JobStores),
    pipelines: new Collection(join(folder, "pipelines"), (record) => record.PipelineArn),
    pipelineVersions: new Collection(join(folder, "pipeline-versions"), ({ pipelineArn, version }) =>
      pipelineVersionKey(pipelineArn, version),
    ),
    executions: new ExecutionStore(join(folder, "executions"), parse),
    models: new Collection(join(folder, "models"), (record) => record.ModelArn),
    modelPackageGroups: new Collection(
      join(folder, "model-package-groups"),
      (record) => record.description.ModelPackageGroupArn,
    ),
    modelPackages: new Collection(join(folder, "model-packages"), (record) => record.ModelPackageArn),
    tags: new Collection(join(folder, "tags"), (record) => record.arn),
    functions: new Collection(join(folder, "functions"), (record) => record.FunctionArn),
  };
}

function openJobs<Kind extends LocalJobKind>(folder: string, kind: Kind): Collection<JobRecords[Kind]> {
  const arn = `${kind}Arn` as keyof JobRecords[Kind];
  return new Collection(join(folder, `${jobKinds[kind].resource}s`), (record) => String(record[arn]));
}

function storeKey(kind: LocalJobKind): keyof JobStores {
  return `${kind.charAt(0).toLowerCase()}${kind.slice(1)}s` as keyof JobStores;
}

/** Returns the collection of a kind of jobs. */
export function jobsOf<Kind extends LocalJobKind>(store: Store, kind: Kind): Collection<JobRecords[Kind]> {
  return store[storeKey(kind)] as unknown as Collection<JobRecords[Kind]>;
}
