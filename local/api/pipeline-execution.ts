import type {
  DescribePipelineDefinitionForExecutionRequest,
  DescribePipelineDefinitionForExecutionResponse,
  DescribePipelineExecutionRequest,
  DescribePipelineExecutionResponse,
  ListPipelineExecutionsRequest,
  ListPipelineExecutionsResponse,
  ListPipelineParametersForExecutionRequest,
  ListPipelineParametersForExecutionResponse,
  PipelineExecutionStatus,
  PipelineExperimentConfig,
  RetryPipelineExecutionRequest,
  RetryPipelineExecutionResponse,
  StopPipelineExecutionRequest,
  StopPipelineExecutionResponse,
  UpdatePipelineExecutionRequest,
  UpdatePipelineExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import { evaluate } from "../engine/expressions/expression.ts";
import { scopeOf } from "../engine/scope.ts";
import { localUser } from "../state/arn.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import { findPipeline } from "../state/pipeline.ts";
import { findExecution } from "../state/pipeline-execution.ts";
import { aliasesOf, pipelineVersion } from "../state/pipeline-version.ts";
import { validationError } from "../wire/aws-error.ts";
import { page } from "../wire/page.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";
import { listing } from "./listing.ts";

/** The request, with a member of SageMaker's API that the SDK's types lack. */
type ListRequest = Wire<ListPipelineExecutionsRequest> & { readonly PipelineVersionAlias?: string };

export async function describePipelineExecution(
  input: DescribePipelineExecutionRequest,
  call: Call,
): Promise<Wire<DescribePipelineExecutionResponse>> {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const { selection, maxParallelSteps } = execution;
  return {
    PipelineArn: execution.pipelineArn,
    PipelineExecutionArn: execution.arn,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionDescription: execution.description,
    // The SDK's type is older than the service's newest status.
    PipelineExecutionStatus: execution.status as PipelineExecutionStatus,
    FailureReason: execution.failureReason,
    CreationTime: execution.createdTime,
    LastModifiedTime: execution.modifiedTime,
    CreatedBy: localUser,
    LastModifiedBy: localUser,
    ...defined({ PipelineExperimentConfig: await experimentOf(execution, call) }),
    PipelineVersionId: execution.pipelineVersion,
    ...aliasesOf(execution, call),
    ...(maxParallelSteps === undefined
      ? {}
      : { ParallelismConfiguration: { MaxParallelExecutionSteps: maxParallelSteps } }),
    ...(selection === undefined
      ? {}
      : {
          SelectiveExecutionConfig: {
            SelectedSteps: selection.steps.map((StepName) => ({ StepName })),
            SourcePipelineExecutionArn: selection.source,
          },
        }),
  };
}

/** Returns the names of an execution's experiment and trial. Undefined if its definition has none. */
async function experimentOf(execution: ExecutionRecord, call: Call): Promise<PipelineExperimentConfig | undefined> {
  const config = execution.definition.PipelineExperimentConfig;
  if (config === undefined || config === null) return undefined;
  return (await evaluate(config as unknown as Json, scopeOf(execution, call))) as PipelineExperimentConfig;
}

export function describePipelineDefinitionForExecution(
  input: DescribePipelineDefinitionForExecutionRequest,
  call: Call,
): Wire<DescribePipelineDefinitionForExecutionResponse> {
  const execution = findExecution(input.PipelineExecutionArn, call);
  return { PipelineDefinition: execution.definitionText, CreationTime: execution.createdTime };
}

export function listPipelineParametersForExecution(
  input: ListPipelineParametersForExecutionRequest,
  call: Call,
): ListPipelineParametersForExecutionResponse {
  const { items, next } = page(parametersOf(input.PipelineExecutionArn, call), input, (parameter) => parameter.Name);
  return { PipelineParameters: [...items], ...next };
}

/** Returns the values of an execution's parameters. An overridden value is as the client wrote it: 1.50, not 1.5. */
export function parametersOf(arn: string | undefined, call: Call) {
  const { parameters, overrides } = findExecution(arn, call);
  const given = new Map(overrides.map(({ Name, Value }) => [Name, Value]));
  return Object.entries(parameters).map(([Name, value]) => ({ Name, Value: given.get(Name) ?? String(value) }));
}

export function listPipelineExecutions(input: ListRequest, call: Call): Wire<ListPipelineExecutionsResponse> {
  const { PipelineArn } = findPipeline(input.PipelineName, call);
  const { PipelineVersionAlias: alias } = input;
  const version = alias === undefined ? undefined : pipelineVersion(PipelineArn, { alias }, call).version;
  const chosen = call.store.executions
    .values()
    .filter(({ pipelineArn }) => pipelineArn === PipelineArn)
    .filter(({ pipelineVersion: own }) => version === undefined || own === version);
  const { items, next } = listing(chosen, input, {
    arn: ({ arn }) => arn,
    name: ({ displayName }) => displayName,
    created: ({ createdTime }) => createdTime,
    order: "Descending",
  });
  const PipelineExecutionSummaries = items.map((execution) => ({
    PipelineExecutionArn: execution.arn,
    StartTime: execution.createdTime,
    // The SDK's type is older than the service's newest status.
    PipelineExecutionStatus: execution.status as PipelineExecutionStatus,
    PipelineExecutionDescription: execution.description,
    PipelineExecutionDisplayName: execution.displayName,
    PipelineExecutionFailureReason: execution.failureReason,
    ...aliasesOf(execution, call),
  }));
  return { PipelineExecutionSummaries, ...next };
}

export function stopPipelineExecution(input: StopPipelineExecutionRequest, call: Call): StopPipelineExecutionResponse {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const token = input.ClientRequestToken;
  if (token !== undefined && execution.stopToken === token) return { PipelineExecutionArn: execution.arn };
  if (execution.status !== "Executing") {
    throw validationError(
      `Only pipelines in 'Executing' status can be stopped. Pipeline execution with ARN '${execution.arn}' is in status '${execution.status}'.`,
    );
  }
  call.executions.stop(execution, token);
  return { PipelineExecutionArn: execution.arn };
}

/**
 * Continues an execution that failed or was stopped, with the same parameters and definition. Steps that succeeded do
 * not start again.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_RetryPipelineExecution.html
 */
export function retryPipelineExecution(
  input: RetryPipelineExecutionRequest,
  call: Call,
): RetryPipelineExecutionResponse {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const { arn, status, retryTokens = [] } = execution;
  const token = input.ClientRequestToken;
  if (token !== undefined && retryTokens.includes(token)) return { PipelineExecutionArn: arn };
  if (status !== "Failed" && status !== "Stopped")
    throw validationError(
      `Only pipeline executions in 'Failed' or 'Stopped' status can be retried. Pipeline execution with ARN '${arn}' is in status '${status}'.`,
    );
  const limit = input.ParallelismConfiguration?.MaxParallelExecutionSteps;
  call.store.executions.change(arn, {
    progress: {
      status: "Executing",
      failureReason: undefined,
      modifiedTime: call.now(),
      ...defined({ maxParallelSteps: limit }),
      retryTokens: token === undefined ? retryTokens : [...retryTokens, token],
    },
    forget: execution.steps.filter((step) => step.status !== "Succeeded").map((step) => step.name),
  });
  call.executions.start(findExecution(arn, call));
  return { PipelineExecutionArn: arn };
}

/** Updates the given members. A new maximum of parallel steps applies at once to steps that have not started. */
export function updatePipelineExecution(
  input: UpdatePipelineExecutionRequest,
  call: Call,
): UpdatePipelineExecutionResponse {
  const execution = findExecution(input.PipelineExecutionArn, call);
  call.store.executions.change(execution.arn, {
    progress: {
      displayName: input.PipelineExecutionDisplayName ?? execution.displayName,
      description: input.PipelineExecutionDescription ?? execution.description,
      maxParallelSteps: input.ParallelismConfiguration?.MaxParallelExecutionSteps ?? execution.maxParallelSteps,
      modifiedTime: call.now(),
    },
  });
  call.executions.limitChanged(execution.arn);
  return { PipelineExecutionArn: execution.arn };
}
