import { endpointEnded } from "../../service-model/failure-code.ts";
import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import type { ExecutionChange } from "../state/execution-store.ts";

/** The failure reason of an execution that was in progress when the endpoint ended. */
export const cutOff = `${endpointEnded}: The local endpoint ended while this execution ran: retry it (RetryPipelineExecution), or start the pipeline again.`;

/** AWS's failure reason of an execution in which a step failed. */
export const stepFailure = "Step failure: One or multiple steps failed.";

const active = new Set(["Starting", "Executing", "Stopping"]);

/**
 * Returns the change that ends an execution after its last step.
 *
 * @param handled whether steps failed, and another step waited for each of these failures
 */
export function finished({ status, steps }: ExecutionRecord, handled: boolean, modifiedTime: number): ExecutionChange {
  const failed = steps.some((step) => step.status === "Failed");
  const stopped = steps.some((step) => step.status === "Stopped");
  if (status === "Stopping") return { progress: { status: "Stopped", modifiedTime } };
  if (handled) return { progress: { status: "CompletedWithFailures", modifiedTime } };
  if (failed) return { progress: { status: "Failed", failureReason: stepFailure, modifiedTime } };
  return { progress: { status: stopped ? "Stopped" : "Succeeded", modifiedTime } };
}

/** Returns the change that ends an execution which cannot continue, because the endpoint ended or the disk is full. */
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

/** Tells whether an execution has ended. */
export function isOver(execution: ExecutionRecord): boolean {
  return execution.status !== "Executing" && execution.status !== "Stopping";
}
