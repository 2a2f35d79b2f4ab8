import type {
  ListPipelineExecutionStepsRequest,
  ListPipelineExecutionStepsResponse,
  PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { graphOf } from "../engine/graph.ts";
import type { StepRecord } from "../state/execution-record.ts";
import { findExecution } from "../state/pipeline-execution.ts";
import { page } from "../wire/page.ts";
import type { Wire } from "../wire/wire.ts";
import type { Call } from "./call.ts";

/** Lists the newest step first, as the examples of the API reference do. */
export function listPipelineExecutionSteps(
  input: ListPipelineExecutionStepsRequest,
  call: Call,
): Wire<ListPipelineExecutionStepsResponse> {
  const execution = findExecution(input.PipelineExecutionArn, call);
  const sorted = input.SortOrder === "Ascending" ? execution.steps : execution.steps.toReversed();
  const { items, next } = page(sorted, input, (step) => step.name);
  const defined = new Map(graphOf(execution.definition).map(({ step }) => [step.Name, step]));
  const PipelineExecutionSteps = items.map((step) => ({
    ...wireStep(step),
    StepDisplayName: defined.get(step.name)?.DisplayName,
    StepDescription: defined.get(step.name)?.Description,
  }));
  return { PipelineExecutionSteps, ...next };
}

function wireStep(step: StepRecord): Wire<PipelineExecutionStep> {
  return {
    StepName: step.name,
    StepStatus: step.status,
    StartTime: step.startTime,
    EndTime: step.endTime,
    FailureReason: step.failureReason,
    AttemptCount: step.attempts ?? 0,
    Metadata: step.metadata,
    ...(step.cacheSource === undefined ? {} : { CacheHitResult: { SourcePipelineExecutionArn: step.cacheSource } }),
    ...(step.selectiveSource === undefined
      ? {}
      : { SelectiveExecutionResult: { SourcePipelineExecutionArn: step.selectiveSource } }),
  };
}
