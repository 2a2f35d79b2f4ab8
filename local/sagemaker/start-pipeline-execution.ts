import type { StartPipelineExecutionRequest, StartPipelineExecutionResponse } from "@aws-sdk/client-sagemaker";
import { validationError } from "../aws-error.ts";
import { parseDefinition } from "../execution/definition-check.ts";
import { resolveParameters } from "../execution/parameters.ts";
import { randomText } from "../runtime/job-name.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { PipelineRecord } from "../state/store.ts";
import { executionArn } from "./arn.ts";
import { type Call, type Operation, required } from "./operation.ts";
import { findPipeline } from "./pipeline.ts";

export const startPipelineExecution: Operation<StartPipelineExecutionRequest, StartPipelineExecutionResponse> = (
  input,
  call,
) => {
  const pipeline = findPipeline(input.PipelineName, call);
  const same = executionOfToken(pipeline, input.ClientRequestToken, call);
  if (same !== undefined) return { PipelineExecutionArn: same.arn };
  if (input.SelectiveExecutionConfig !== undefined) {
    throw validationError("SelectiveExecutionConfig does not work locally: leave it out, unchanged steps are cached");
  }
  const execution = newExecution(pipeline, input, call);
  call.store.pipelines.put(pipeline.PipelineArn, { ...pipeline, LastRunTime: execution.createdTime });
  // Nothing may fail between these two: a request repeated with the same token would find what never began.
  call.store.executions.put(execution.arn, execution);
  call.executions.start(execution);
  return { PipelineExecutionArn: execution.arn };
};

/** The same token means the same execution: a client that lost the answer asks again. */
function executionOfToken(pipeline: PipelineRecord, token: string | undefined, call: Call) {
  if (token === undefined) return undefined;
  if (token.length < 32 || token.length > 128) {
    throw validationError(
      `1 validation error detected: Value '${token}' at 'clientRequestToken' failed to satisfy constraint: Member must have length between 32 and 128`,
    );
  }
  const { executions } = call.store;
  return executions.values().find((each) => each.pipelineArn === pipeline.PipelineArn && each.token === token);
}

function newExecution(pipeline: PipelineRecord, input: StartPipelineExecutionRequest, call: Call): ExecutionRecord {
  const definitionText = pipeline.PipelineDefinition ?? "";
  const definition = parseDefinition(definitionText);
  const overrides = (input.PipelineParameters ?? []).map((parameter) => ({
    Name: required(parameter.Name, "PipelineParameters.Name"),
    Value: parameter.Value ?? "",
  }));
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
    displayName: input.PipelineExecutionDisplayName ?? `execution-${Math.round(now * 1000)}`,
    ...(pipeline.RoleArn === undefined ? {} : { roleArn: pipeline.RoleArn }),
    ...(input.PipelineExecutionDescription === undefined ? {} : { description: input.PipelineExecutionDescription }),
    ...(input.ClientRequestToken === undefined ? {} : { token: input.ClientRequestToken }),
    ...(limit === undefined ? {} : { maxParallelSteps: limit }),
    status: "Executing",
    createdTime: now,
    modifiedTime: now,
    definition,
    definitionText,
    overrides,
    parameters: resolved.values,
    steps: [],
  };
}
