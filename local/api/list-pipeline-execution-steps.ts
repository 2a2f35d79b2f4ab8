import type {
  ListPipelineExecutionStepsRequest,
  ListPipelineExecutionStepsResponse,
  PipelineExecutionStep,
} from "@aws-sdk/client-sagemaker";
import { graphOf } from "../engine/graph.ts";
import type { StepRecord } from "../state/execution-record.ts";
import { page } from "../wire/page.ts";
import type { Wire } from "../wire/wire.ts";
import { findExecution } from "./execution.ts";
import type { Operation } from "./operation.ts";

/** The reference says only that steps are sorted by their creation; its examples begin with the newest. */
export const listPipelineExecutionSteps: Operation<
  ListPipelineExecutionStepsRequest,
  Wire<ListPipelineExecutionStepsResponse>
> = (input, call) => {
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
};

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
