import type {
  SelectiveExecutionConfig,
  StartPipelineExecutionRequest,
  StartPipelineExecutionResponse,
} from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { parseDefinition } from "../engine/definition-check.ts";
import { graphOf } from "../engine/graph.ts";
import { isOver } from "../engine/outcome.ts";
import { resolveParameters } from "../engine/parameters.ts";
import { reusedSteps } from "../engine/selective-execution.ts";
import { executionArn } from "../state/arn.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import { randomText } from "../state/job-name.ts";
import { findPipeline } from "../state/pipeline.ts";
import { findExecution } from "../state/pipeline-execution.ts";
import { pipelineVersion, putVersion } from "../state/pipeline-version.ts";
import type { PipelineRecord, PipelineVersionRecord } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import type { Call } from "./call.ts";

/** Members of SageMaker's API that the SDK's types lack. */
interface Newer {
  readonly PipelineVersionAlias?: string;
  readonly RoleArn?: string;
  readonly MlflowExperimentName?: string;
}

export function startPipelineExecution(
  input: StartPipelineExecutionRequest & Newer,
  call: Call,
): StartPipelineExecutionResponse {
  const pipeline = findPipeline(input.PipelineName, call);
  const same = executionOfToken(pipeline, input.ClientRequestToken, call);
  if (same !== undefined) return { PipelineExecutionArn: same.arn };
  if (input.RoleArn !== undefined)
    throw validationError(
      "RoleArn cannot be given for a pipeline of your own: its executions use the pipeline's role.",
    );
  if (input.MlflowExperimentName !== undefined)
    throw validationError(
      "MlflowExperimentName does not work locally, because there is no MLflow server: leave it out.",
    );
  const choice = { version: input.PipelineVersionId, alias: input.PipelineVersionAlias };
  const version = pipelineVersion(pipeline.PipelineArn, choice, call);
  const execution = newExecution(pipeline, version, input, call);
  call.store.pipelines.put(pipeline.PipelineArn, { ...pipeline, LastRunTime: execution.createdTime });
  putVersion({ ...version, lastExecutionArn: execution.arn }, call);
  // Add no code that can fail between these two lines: a request with the same token would get an execution that never
  // starts.
  call.store.executions.create(execution);
  call.executions.start(execution);
  return { PipelineExecutionArn: execution.arn };
}

/**
 * Returns the execution of an earlier request with the same token. A client that lost the answer repeats its request.
 */
function executionOfToken(pipeline: PipelineRecord, token: string | undefined, call: Call) {
  if (token === undefined) return undefined;
  return call.store.executions
    .values()
    .find((each) => each.pipelineArn === pipeline.PipelineArn && each.token === token);
}

function newExecution(
  pipeline: PipelineRecord,
  version: PipelineVersionRecord,
  input: StartPipelineExecutionRequest,
  call: Call,
): ExecutionRecord {
  const definitionText = version.pipeline.PipelineDefinition ?? "";
  const definition = parseDefinition(definitionText);
  const overrides = (input.PipelineParameters ?? []).map(({ Name = "", Value = "" }) => ({ Name, Value }));
  const resolved = resolveParameters(definition.Parameters, overrides);
  if ("problems" in resolved) throw validationError(resolved.problems.join("; "));
  const id = randomText(12, "abcdefghijklmnopqrstuvwxyz0123456789");
  const now = call.now();
  const limit = (input.ParallelismConfiguration ?? pipeline.ParallelismConfiguration)?.MaxParallelExecutionSteps;
  return {
    arn: executionArn(pipeline.PipelineArn, id),
    id,
    region: call.region,
    pipelineArn: pipeline.PipelineArn,
    pipelineName: pipeline.PipelineName,
    pipelineVersion: version.version,
    displayName: input.PipelineExecutionDisplayName ?? `execution-${Math.round(now * 1000)}`,
    ...defined({
      roleArn: pipeline.RoleArn,
      description: input.PipelineExecutionDescription,
      token: input.ClientRequestToken,
      maxParallelSteps: limit,
    }),
    status: "Executing",
    createdTime: now,
    modifiedTime: now,
    definition,
    definitionText,
    overrides,
    parameters: resolved.values,
    ...selected(input.SelectiveExecutionConfig, definition, pipeline, call),
  };
}

/**
 * Returns the selected steps, and the records of the steps that a selective execution reuses from its source execution.
 */
function selected(
  config: SelectiveExecutionConfig | undefined,
  definition: PipelineDefinition,
  pipeline: PipelineRecord,
  call: Call,
): Pick<ExecutionRecord, "selection" | "steps"> {
  if (config === undefined) return { steps: [] };
  const steps = (config.SelectedSteps ?? []).map(({ StepName = "" }) => StepName);
  const source = sourceOf(config.SourcePipelineExecutionArn, pipeline, call);
  const reused = reusedSteps(graphOf(definition), steps, source);
  if ("problem" in reused) throw validationError(reused.problem);
  return {
    selection: { steps, ...defined({ source: source?.arn }) },
    steps: reused.steps.map((step) => takenFrom(source?.arn ?? "", step)),
  };
}

function sourceOf(arn: string | undefined, pipeline: PipelineRecord, call: Call): ExecutionRecord | undefined {
  if (arn === undefined) return undefined;
  const source = findExecution(arn, call);
  if (source.pipelineArn !== pipeline.PipelineArn)
    throw validationError(
      `The source execution ${arn} belongs to another pipeline: give an execution of ${pipeline.PipelineArn}.`,
    );
  if (!isOver(source))
    throw validationError(`The source execution ${arn} is in status '${source.status}': wait until it has ended.`);
  return source;
}

function takenFrom(source: string, { attempts: _attempts, cacheSource: _source, ...step }: StepRecord): StepRecord {
  return { ...step, selectiveSource: source };
}
