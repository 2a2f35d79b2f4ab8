import type {
  ListPipelineExecutionStepsRequest,
  ListPipelineExecutionStepsResponse,
  PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { limits } from "../../service-model/limits.ts";
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
    StepDescription: description(defined.get(step.name)?.Description, step),
  }));
  return { PipelineExecutionSteps, ...next };
}

/** Adds a note about how the step ran here to the definition's description. */
function description(given: string | undefined, { note }: StepRecord): string | undefined {
  return note === undefined ? given : [given, note].join(" ").trim().slice(0, limits.stepDescriptionCharacters);
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
