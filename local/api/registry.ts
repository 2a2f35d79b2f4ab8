import { addTags } from "./add-tags.ts";
import { createModel } from "./create-model.ts";
import { createModelPackage } from "./create-model-package.ts";
import { createModelPackageGroup } from "./create-model-package-group.ts";
import { createPipeline } from "./create-pipeline.ts";
import { deleteModel } from "./delete-model.ts";
import { deleteModelPackage } from "./delete-model-package.ts";
import { deleteModelPackageGroup } from "./delete-model-package-group.ts";
import { deletePipeline } from "./delete-pipeline.ts";
import { deleteTags } from "./delete-tags.ts";
import { describeModel } from "./describe-model.ts";
import { describeModelPackage } from "./describe-model-package.ts";
import { describeModelPackageGroup } from "./describe-model-package-group.ts";
import { describePipeline } from "./describe-pipeline.ts";
import { describePipelineDefinitionForExecution } from "./describe-pipeline-definition-for-execution.ts";
import { describePipelineExecution } from "./describe-pipeline-execution.ts";
import { describeProcessingJob } from "./describe-processing-job.ts";
import { describeTrainingJob } from "./describe-training-job.ts";
import { describeTransformJob } from "./describe-transform-job.ts";
import { listModelPackageGroups } from "./list-model-package-groups.ts";
import { listModelPackages } from "./list-model-packages.ts";
import { listModels } from "./list-models.ts";
import { listPipelineExecutionSteps } from "./list-pipeline-execution-steps.ts";
import { listPipelineExecutions } from "./list-pipeline-executions.ts";
import { listPipelineParametersForExecution } from "./list-pipeline-parameters-for-execution.ts";
import { listPipelineVersions } from "./list-pipeline-versions.ts";
import { listPipelines } from "./list-pipelines.ts";
import { listProcessingJobs } from "./list-processing-jobs.ts";
import { listTags } from "./list-tags.ts";
import { listTrainingJobs } from "./list-training-jobs.ts";
import { listTransformJobs } from "./list-transform-jobs.ts";
import type { Operation } from "./operation.ts";
import { retryPipelineExecution } from "./retry-pipeline-execution.ts";
import { startPipelineExecution } from "./start-pipeline-execution.ts";
import { stopPipelineExecution } from "./stop-pipeline-execution.ts";
import { updateModelPackage } from "./update-model-package.ts";
import { updatePipeline } from "./update-pipeline.ts";
import { updatePipelineExecution } from "./update-pipeline-execution.ts";
import { updatePipelineVersion } from "./update-pipeline-version.ts";

/** Any operation: what its input is, the operation itself says. */
// biome-ignore lint/suspicious/noExplicitAny: the wire is not typed; each operation checks what it requires.
export type AnyOperation = Operation<any, object>;

/** SageMaker's operations that work here, by the name after `SageMaker.` in `X-Amz-Target`. */
export const operations: { readonly [name: string]: AnyOperation } = {
  AddTags: addTags,
  CreateModel: createModel,
  CreateModelPackageGroup: createModelPackageGroup,
  CreateModelPackage: createModelPackage,
  CreatePipeline: createPipeline,
  DeleteModel: deleteModel,
  DeleteModelPackageGroup: deleteModelPackageGroup,
  DeleteModelPackage: deleteModelPackage,
  DeletePipeline: deletePipeline,
  DeleteTags: deleteTags,
  DescribeModel: describeModel,
  DescribeModelPackageGroup: describeModelPackageGroup,
  DescribeModelPackage: describeModelPackage,
  DescribePipelineDefinitionForExecution: describePipelineDefinitionForExecution,
  DescribePipelineExecution: describePipelineExecution,
  DescribePipeline: describePipeline,
  DescribeProcessingJob: describeProcessingJob,
  DescribeTrainingJob: describeTrainingJob,
  DescribeTransformJob: describeTransformJob,
  ListModelPackageGroups: listModelPackageGroups,
  ListModelPackages: listModelPackages,
  ListModels: listModels,
  ListPipelineExecutionSteps: listPipelineExecutionSteps,
  ListPipelineExecutions: listPipelineExecutions,
  ListPipelineParametersForExecution: listPipelineParametersForExecution,
  ListPipelineVersions: listPipelineVersions,
  ListPipelines: listPipelines,
  ListProcessingJobs: listProcessingJobs,
  ListTags: listTags,
  ListTrainingJobs: listTrainingJobs,
  ListTransformJobs: listTransformJobs,
  RetryPipelineExecution: retryPipelineExecution,
  StartPipelineExecution: startPipelineExecution,
  StopPipelineExecution: stopPipelineExecution,
  UpdateModelPackage: updateModelPackage,
  UpdatePipelineExecution: updatePipelineExecution,
  UpdatePipelineVersion: updatePipelineVersion,
  UpdatePipeline: updatePipeline,
};
