import { endpointEnded } from "../../service-model/failure-code.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import type { ExecutionChange } from "../state/execution-store.ts";

/** The failure reason of an execution that ran when the endpoint ended. */
export const cutOff = `${endpointEnded}: The local endpoint ended while this execution ran: retry it (RetryPipelineExecution), or start the pipeline again.`;

/** AWS's own words for an execution in which a step failed. */
export const stepFailure = "Step failure: One or multiple steps failed.";

const active = new Set(["Starting", "Executing", "Stopping"]);

/**
 * What becomes of an execution after its last step.
 *
 * @param handled whether each failure was waited for by another step, which took it on
 */
export function finished({ status, steps }: ExecutionRecord, handled: boolean, modifiedTime: number): ExecutionChange {
  const failed = steps.some((step) => step.status === "Failed");
  const stopped = steps.some((step) => step.status === "Stopped");
  if (status === "Stopping") return { progress: { status: "Stopped", modifiedTime } };
  if (handled) return { progress: { status: "CompletedWithFailures", modifiedTime } };
  if (failed) return { progress: { status: "Failed", failureReason: stepFailure, modifiedTime } };
  return { progress: { status: stopped ? "Stopped" : "Succeeded", modifiedTime } };
}

/** What becomes of an execution that nothing runs any more, for a reason outside of it: its endpoint ended, its disk is full. */
export function interrupted({ status, steps }: ExecutionRecord, reason: string, modifiedTime: number): ExecutionChange {
  return {
    progress:
      status === "Stopping"
        ? { status: "Stopped", modifiedTime }
        : { status: "Failed", failureReason: reason, modifiedTime },
    steps: steps.filter((step) => active.has(step.status)).map((step) => ended(step, reason, modifiedTime)),
  };
}

function ended(step: StepRecord, reason: string, now: number): StepRecord {
  return { ...step, status: "Stopped", endTime: now, failureReason: reason };
}

export function isOver(execution: ExecutionRecord): boolean {
  return execution.status !== "Executing" && execution.status !== "Stopping";
}
