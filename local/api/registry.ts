import type { Call } from "./call.ts";
import { emptyLists } from "./empty-lists.ts";
import { jobOperations } from "./job-operations.ts";
import { listPipelineExecutionSteps } from "./list-pipeline-execution-steps.ts";
import { createModel, deleteModel, describeModel, listModels } from "./model.ts";
import {
  createModelPackage,
  deleteModelPackage,
  describeModelPackage,
  listModelPackages,
  updateModelPackage,
} from "./model-package.ts";
import {
  createModelPackageGroup,
  deleteModelPackageGroup,
  describeModelPackageGroup,
  listModelPackageGroups,
} from "./model-package-group.ts";
import { ownJobOperations } from "./own-job.ts";
import { createPipeline, deletePipeline, describePipeline, listPipelines, updatePipeline } from "./pipeline.ts";
import {
  describePipelineDefinitionForExecution,
  describePipelineExecution,
  listPipelineExecutions,
  listPipelineParametersForExecution,
  retryPipelineExecution,
  stopPipelineExecution,
  updatePipelineExecution,
} from "./pipeline-execution.ts";
import { listPipelineVersions, updatePipelineVersion } from "./pipeline-version.ts";
import { search } from "./search.ts";
import { startPipelineExecution } from "./start-pipeline-execution.ts";
import { addTags, deleteTags, listTags } from "./tags.ts";

/** An operation of AWS's JSON protocol. Its input and output are the parsed JSON bodies. */
// biome-ignore lint/suspicious/noExplicitAny: the wire is not typed; each operation checks what it requires.
type Operation = (input: any, call: Call) => object | Promise<object>;

/** SageMaker's operations that work locally, by the name after `SageMaker.` in `X-Amz-Target`. */
export const operations: { readonly [name: string]: Operation } = {
  ...jobOperations,
  ...ownJobOperations,
  ...emptyLists,
  AddTags: addTags,
  CreateModel: createModel,
  CreateModelPackage: createModelPackage,
  CreateModelPackageGroup: createModelPackageGroup,
  CreatePipeline: createPipeline,
  DeleteModel: deleteModel,
  DeleteModelPackage: deleteModelPackage,
  DeleteModelPackageGroup: deleteModelPackageGroup,
  DeletePipeline: deletePipeline,
  DeleteTags: deleteTags,
  DescribeModel: describeModel,
  DescribeModelPackage: describeModelPackage,
  DescribeModelPackageGroup: describeModelPackageGroup,
  DescribePipeline: describePipeline,
  DescribePipelineDefinitionForExecution: describePipelineDefinitionForExecution,
  DescribePipelineExecution: describePipelineExecution,
  ListModelPackageGroups: listModelPackageGroups,
  ListModelPackages: listModelPackages,
  ListModels: listModels,
  ListPipelineExecutionSteps: listPipelineExecutionSteps,
  ListPipelineExecutions: listPipelineExecutions,
  ListPipelineParametersForExecution: listPipelineParametersForExecution,
  ListPipelineVersions: listPipelineVersions,
  ListPipelines: listPipelines,
  ListTags: listTags,
  RetryPipelineExecution: retryPipelineExecution,
  Search: search,
  StartPipelineExecution: startPipelineExecution,
  StopPipelineExecution: stopPipelineExecution,
  UpdateModelPackage: updateModelPackage,
  UpdatePipeline: updatePipeline,
  UpdatePipelineExecution: updatePipelineExecution,
  UpdatePipelineVersion: updatePipelineVersion,
};
